-- Nothing is kept of the person an erased ticket was for: name, mobile, university and what it is
-- searched by are empty, and it has no words. A row without registered_at that is erased is a stub:
-- the erasure came before the registration. A reason in attempt that named the person is '…'.
alter table ticket add column erased_at datetime(6);

-- Answers are kept for a week; these find the older ones.
alter table scan add key scan_by_age (scanned_at);
alter table undo_answer add key undo_answer_by_age (created_at);

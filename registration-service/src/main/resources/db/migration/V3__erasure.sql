-- The holder's data and the access code's hash of an erased ticket are empty.
alter table ticket
	add column erased_at datetime(6),
	-- which tickets of an event that is long over are to be erased
	add key ticket_to_erase (event_id, erased_at);

-- Nanoseconds from the end of an event until its tickets are erased; 0 for never, null for the setting.
alter table event add column retention bigint;

-- content_hash is empty once the ticket's holder was erased.
alter table replay add key replay_by_ticket (ticket_id);

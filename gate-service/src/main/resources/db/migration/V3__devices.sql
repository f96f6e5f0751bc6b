-- Phones of the door that an ADMIN paired. Each has an account without a password, so that its sessions are like
-- everybody's; a revoked one is deleted with it. code_hash: SHA-256 of the code that pairs, until it was used.
create table device (
	id              binary(16)  not null primary key,
	name            varchar(60) not null unique,
	gate            varchar(60) not null,
	event_id        binary(16),
	code_hash       binary(32) unique,
	code_expires_at datetime(6) not null,
	paired_at       datetime(6),
	created_by      varchar(60) not null,
	created_at      datetime(6) not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

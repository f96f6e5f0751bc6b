-- Times are UTC, by the clock of this database. Ids are the 16 bytes of a UUID.

-- Events as registration-service tells them; version 0: known from a registration only.
create table event (
	id        binary(16)   not null primary key,
	name      varchar(150) not null,
	venue     varchar(150) not null,
	starts_at datetime(6)  not null,
	ends_at   datetime(6)  not null,
	time_zone varchar(64)  not null,
	version   bigint       not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- The guest list, and where each ticket stands at the door. A row without registered_at
-- is a stub: the cancellation came before the registration.
create table ticket (
	id              binary(16)  not null primary key,
	event_id        binary(16),
	name            varchar(100),
	mobile          varchar(20),
	university      varchar(150),
	registered_at   datetime(6),
	-- what lists are sorted and searched by
	folded_name     varchar(255),
	mobile_reversed varchar(20),
	status          varchar(11) not null,
	-- grows by one with every change that others are told of
	version         bigint      not null default 0,
	-- how often an entry or a denial was undone; a scan from before an undo decides nothing
	undone          int         not null default 0,
	entry_time      datetime(6),
	gate            varchar(60),
	decided_by      varchar(60),
	cancelled_at    datetime(6),
	cancelled_by    varchar(60),
	key ticket_by_name (event_id, folded_name, id),
	key ticket_by_status (event_id, status, folded_name, id),
	key ticket_by_phone (event_id, mobile_reversed, id),
	key ticket_figures (event_id, status, gate, entry_time)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Each word of each name, case and accents folded, for the search by prefixes.
create table guest_word (
	event_id  binary(16)  not null,
	word      varchar(60) not null,
	ticket_id binary(16)  not null,
	primary key (event_id, word, ticket_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Tokens that a re-issue replaced; token_id: SHA-256 of header.payload.
create table superseded_token (
	token_id  binary(32) not null primary key,
	ticket_id binary(16) not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Scans and their decisions, with the answers that were given: the same request gets the
-- same bytes again. The answers name the person; the log below does not.
create table scan (
	scan_id         binary(16)  not null primary key,
	account         varchar(60) not null,
	content_hash    binary(32)  not null,
	ticket_id       binary(16),
	gate            varchar(60) not null,
	method          varchar(6)  not null,
	verdict         varchar(15) not null,
	-- ticket.undone at that moment
	undone          int         not null,
	scanned_at      datetime(6) not null,
	answer          text        not null,
	decision        varchar(5),
	decision_answer text
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Every attempt, for ever: rows are only added. Refers to the person by ticket only.
create table attempt (
	id        bigint      not null auto_increment primary key,
	at        datetime(6) not null,
	kind      varchar(8)  not null,
	ticket_id binary(16),
	scan_id   binary(16),
	account   varchar(60) not null,
	gate      varchar(60),
	method    varchar(6),
	verdict   varchar(15),
	decision  varchar(5),
	outcome   varchar(15),
	reason    varchar(200),
	key attempt_by_ticket (ticket_id, id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Answers to undos that came with an Idempotency-Key.
create table undo_answer (
	account         varchar(60)  not null,
	idempotency_key varchar(200) not null,
	content_hash    binary(32)   not null,
	answer          text         not null,
	created_at      datetime(6)  not null,
	primary key (account, idempotency_key)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Copies of token-service's public keys, so that gates judge while it is away.
create table ticket_key (
	kid        varchar(64)    not null primary key,
	public_key varbinary(200) not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table staff_account (
	username   varchar(60)  not null primary key,
	password   varchar(120) not null,
	role       varchar(10)  not null,
	disabled   boolean      not null,
	-- a new password or role or a disabling ends the sessions of older epochs
	epoch      bigint       not null,
	-- the ADMIN_PASSWORD the account was last set from, as an HMAC
	setting    binary(32),
	created_at datetime(6)  not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table staff_session (
	id         binary(16)  not null primary key,
	username   varchar(60) not null,
	epoch      bigint      not null,
	created_at datetime(6) not null,
	expires_at datetime(6) not null,
	ended_at   datetime(6),
	key staff_session_by_account (username),
	key staff_session_by_expiry (expires_at, ended_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Keys of staff tokens, the newest signs; private_key is encrypted under SECRET_KEY.
create table staff_key (
	number      int            not null primary key,
	kid         varchar(36)    not null unique,
	public_key  varbinary(200) not null,
	private_key varbinary(400) not null,
	created_at  datetime(6)    not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Failed sign-ins of an account from an address; forgotten after an hour of peace.
create table sign_in_failure (
	username varchar(60) not null,
	address  varchar(45) not null,
	failures int         not null,
	last_at  datetime(6) not null,
	primary key (username, address),
	key sign_in_failure_by_time (last_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

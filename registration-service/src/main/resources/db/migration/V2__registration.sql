-- Events on offer. Times are UTC. taken counts the places of tickets that are not cancelled, and of
-- those cancelled after their holder was in.
create table event (
	id                binary(16)   not null primary key,
	name              varchar(150) not null,
	venue             varchar(150) not null,
	starts_at         datetime(6)  not null,
	ends_at           datetime(6)  not null,
	time_zone         varchar(64)  not null,
	capacity          int          not null,
	-- nanoseconds; null for the token-service's own
	token_lifetime    bigint,
	registration_open boolean      not null,
	taken             int          not null,
	-- of what is said of the event; places taken do not change it
	version           bigint       not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Tickets as their holders see them.
create table ticket (
	id               binary(16)   not null primary key,
	event_id         binary(16)   not null,
	name             varchar(100) not null,
	mobile           varchar(20)  not null,
	university       varchar(150) not null,
	code_version     int          not null,
	-- SHA-256 of the access code, lower-case hex
	access_code_hash char(64)     not null,
	registered_at    datetime(6)  not null,
	state            varchar(20)  not null,
	-- what the door said last, by its version; 0 before it said anything
	door             varchar(20)  not null,
	door_version     bigint       not null,
	door_at          datetime(6),
	cancelled_at     datetime(6),
	-- null until the first change after registering
	changed_at       datetime(6),
	-- grows with every change
	version          bigint       not null,
	-- open ticket pages ask which rows changed lately
	key ticket_by_change (changed_at, version),
	constraint ticket_for_event foreign key (event_id) references event (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Which ticket a request with an Idempotency-Key was given, to answer it the same again.
create table replay (
	-- SHA-256, lower-case hex
	key_hash     char(64)    not null primary key,
	content_hash char(64)    not null,
	ticket_id    binary(16)  not null,
	created_at   datetime(6) not null,
	key replay_by_age (created_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Whether the sample event of the first start has been offered, in its only row.
create table sample_event (
	offered boolean not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert into sample_event (offered) values (false);

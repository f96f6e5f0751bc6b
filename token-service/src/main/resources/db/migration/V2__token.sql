-- The keys tickets are signed with. private_key is PKCS#8, sealed with AES-GCM.
create table signing_key (
	kid varchar(8) character set utf8mb4 collate utf8mb4_bin not null,
	public_jwk text not null,
	private_key varbinary(512) not null,
	created_at datetime(6) not null,
	active_from datetime(6) not null,
	primary key (kid)
) character set utf8mb4 collate utf8mb4_bin;

-- One row: whoever makes or drops a key holds its lock, so several instances make one.
create table signing_key_lock (
	id tinyint not null,
	primary key (id)
) character set utf8mb4 collate utf8mb4_bin;

insert into signing_key_lock (id) values (1);

-- A ticket and its present token. A ticket heard of by its cancellation alone is a stub.
create table ticket (
	ticket_id binary(16) not null,
	event_id binary(16),
	access_code_hash varchar(64),
	token_lifetime varchar(40),
	token varchar(400),
	token_id varchar(64),
	key_id varchar(8),
	expires_at datetime(6),
	cancelled boolean not null default false,
	primary key (ticket_id),
	key ticket_by_key (key_id, expires_at)
) character set utf8mb4 collate utf8mb4_bin;

-- The lifetimes each version of an event gave its tokens, null for the default.
create table event_lifetime (
	event_id binary(16) not null,
	version bigint not null,
	token_lifetime varchar(40),
	primary key (event_id, version)
) character set utf8mb4 collate utf8mb4_bin;

-- Events waiting to be sent, and the lanes that keep their order.
create table outbox (
	id          bigint       not null auto_increment primary key,
	lane        smallint     not null,
	event_id    binary(16)   not null,
	topic       varchar(100) not null,
	event_key   varchar(100) not null,
	event_type  varchar(100) not null,
	payload     mediumtext   not null,
	traceparent varchar(60),
	created_at  datetime(6)  not null,
	key outbox_by_lane (lane, id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table outbox_lane (
	lane         smallint    not null primary key,
	owner        binary(16),
	epoch        bigint      not null,
	leased_until datetime(6) not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert into outbox_lane (lane, epoch, leased_until)
values (0, 0, '2000-01-01'), (1, 0, '2000-01-01'), (2, 0, '2000-01-01'), (3, 0, '2000-01-01'),
       (4, 0, '2000-01-01'), (5, 0, '2000-01-01'), (6, 0, '2000-01-01'), (7, 0, '2000-01-01'),
       (8, 0, '2000-01-01'), (9, 0, '2000-01-01'), (10, 0, '2000-01-01'), (11, 0, '2000-01-01'),
       (12, 0, '2000-01-01'), (13, 0, '2000-01-01'), (14, 0, '2000-01-01'), (15, 0, '2000-01-01');

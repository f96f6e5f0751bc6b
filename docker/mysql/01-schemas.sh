#!/bin/bash
# One schema and one user per service; a user has rights on its own schema alone.
set -euo pipefail
for schema in registration token gate; do
	variable="${schema^^}_DB_PASSWORD"
	password=${!variable:?}
	case "$password" in *[\'\\]*) echo "$variable must not contain quotes or backslashes" >&2; exit 1 ;; esac
	mysql --protocol=socket -uroot -p"$MYSQL_ROOT_PASSWORD" <<-SQL
		create database \`$schema\` character set utf8mb4 collate utf8mb4_bin;
		create user '$schema'@'%' identified by '$password';
		grant all on \`$schema\`.* to '$schema'@'%';
	SQL
done

#!/bin/bash
# One schema and one user per service; a user has rights on its own schema alone.
# Runs inside the image's first start, while the server listens on a socket only.
set -euo pipefail
export MYSQL_PWD=$MYSQL_ROOT_PASSWORD
for socket in /var/run/mysqld/mysqld.sock /var/run/mysqld/*.sock; do
	sql=(mysql --no-defaults --protocol=socket --socket="$socket" -uroot)
	[ -S "$socket" ] && "${sql[@]}" -e 'select 1' > /dev/null 2>&1 && break
done
for schema in registration token gate; do
	variable="${schema^^}_DB_PASSWORD"
	password=${!variable:?}
	case "$password" in *[\'\\]*) echo "$variable must not contain quotes or backslashes" >&2; exit 1 ;; esac
	"${sql[@]}" <<-SQL
		create database \`$schema\` character set utf8mb4 collate utf8mb4_bin;
		create user '$schema'@'%' identified by '$password';
		grant all on \`$schema\`.* to '$schema'@'%';
	SQL
done

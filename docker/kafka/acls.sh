#!/bin/bash
# Who may do what at the broker: a topic is written by the service that publishes it alone, and read by those that
# listen to it. Whoever listens also writes and reads the topic's dead letters; what it hears again from them it reads in
# the topic itself, so nobody can plant an event there. Run again and again it changes nothing.
set -euo pipefail

declare -A writes=(
	[registration]="ticket-registered ticket-cancelled event-changed attendee-erased"
	[token]="token-minted"
	[gate]="entry-decided"
)
declare -A reads=(
	[registration]="token-minted entry-decided"
	[token]="ticket-registered ticket-cancelled event-changed attendee-erased"
	[gate]="ticket-registered ticket-cancelled token-minted event-changed attendee-erased"
)

client=$(mktemp)
cat > "$client" <<-EOF
	security.protocol=SASL_PLAINTEXT
	sasl.mechanism=PLAIN
	sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" password="$KAFKA_ADMIN_PASSWORD";
EOF
allow() {
	/opt/kafka/bin/kafka-run-class.sh org.apache.kafka.tools.AclCommand --bootstrap-server kafka:9092 \
		--command-config "$client" --add --force "$@" > /dev/null
}
topics() { printf -- '--topic %s ' "$@"; }
dead_letters() { printf -- '--topic %s-dlt ' "$@"; }

# any service may create what is missing
all=${writes[*]}
# shellcheck disable=SC2046,SC2086
allow $(printf -- '--allow-principal User:%s ' "${!writes[@]}") --operation Create --operation Describe \
	$(topics $all) $(dead_letters $all)
for service in "${!writes[@]}"; do
	# shellcheck disable=SC2046,SC2086
	allow --allow-principal "User:$service" --operation Write $(topics ${writes[$service]}) $(dead_letters ${reads[$service]})
	# shellcheck disable=SC2046,SC2086
	allow --allow-principal "User:$service" --operation Read $(topics ${reads[$service]}) \
		$(dead_letters ${reads[$service]}) --group "$service-service"
done
echo "The broker's rules are set"

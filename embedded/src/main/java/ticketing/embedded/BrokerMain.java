package ticketing.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * The broker's process: {@code BrokerMain <folder> <port> <controller port>}. Ends when
 * told to, or when whoever started it has gone.
 */
final class BrokerMain {

	private BrokerMain() {
	}

	public static void main(String[] args) throws Exception {
		Path folder = Path.of(args[0]);
		Path data = folder.resolve("data");
		format(data);
		KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings(data, args[1], args[2])), Time.SYSTEM);
		Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
		endWithParent();
		try {
			server.startup();
		}
		catch (RuntimeException ex) {
			// Half a broker would neither serve nor end.
			ex.printStackTrace();
			Runtime.getRuntime().halt(1);
		}
		Files.createFile(folder.resolve("started"));
		server.awaitShutdown();
	}

	private static void format(Path data) throws Exception {
		if (Files.exists(data.resolve("meta.properties"))) {
			return;
		}
		// Without that file nothing has been stored yet: a format killed half-way is
		// begun anew.
		Folders.delete(data);
		Files.createDirectories(data);
		new Formatter().setNodeId(1)
			.setClusterId(Uuid.randomUuid().toString())
			.setDirectories(List.of(data.toString()))
			.setMetadataLogDirectory(data.toString())
			.setControllerListenerName("CONTROLLER")
			.setSupportedFeatures(List.copyOf(Feature.PRODUCTION_FEATURES))
			.run();
	}

	private static Map<String, String> settings(Path data, String port, String controllerPort) {
		// where a second listener listens, and where its clients are told to find it: at
		// a Wire
		String[] detour = System.getProperty("ticketing.broker.detour", "").split(":");
		boolean detoured = detour.length == 2;
		return Map.ofEntries(Map.entry("process.roles", "broker,controller"), Map.entry("node.id", "1"),
				Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
				Map.entry("listeners",
						"PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort
								+ (detoured ? ",DETOUR://127.0.0.1:" + detour[0] : "")),
				Map.entry("advertised.listeners",
						"PLAINTEXT://127.0.0.1:" + port + (detoured ? ",DETOUR://127.0.0.1:" + detour[1] : "")),
				Map.entry("controller.listener.names", "CONTROLLER"),
				Map.entry("listener.security.protocol.map",
						"PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,DETOUR:PLAINTEXT"),
				Map.entry("log.dirs", data.toString()), Map.entry("auto.create.topics.enable", "false"),
				Map.entry("offsets.topic.replication.factor", "1"),
				Map.entry("transaction.state.log.replication.factor", "1"),
				Map.entry("transaction.state.log.min.isr", "1"),
				Map.entry("share.coordinator.state.topic.replication.factor", "1"),
				Map.entry("share.coordinator.state.topic.min.isr", "1"), Map.entry("offsets.topic.num.partitions", "1"),
				Map.entry("transaction.state.log.num.partitions", "1"),
				Map.entry("share.coordinator.state.topic.num.partitions", "1"),
				Map.entry("group.initial.rebalance.delay.ms", "0"),
				// After a kill the broker waits for its former self to be given up.
				Map.entry("broker.session.timeout.ms", "3000"), Map.entry("broker.heartbeat.interval.ms", "500"),
				Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
				Map.entry("log.index.size.max.bytes", "1048576"), Map.entry("num.network.threads", "2"),
				Map.entry("num.io.threads", "4"), Map.entry("background.threads", "2"));
	}

	// Our standard input is a pipe nobody writes to: it ends when the other process does.
	private static void endWithParent() {
		Thread watch = new Thread(() -> {
			try {
				while (System.in.read() >= 0) {
					continue;
				}
			}
			catch (IOException ex) {
				// As good as its end.
			}
			System.exit(0);
		}, "parent-watch");
		watch.setDaemon(true);
		watch.start();
	}

}

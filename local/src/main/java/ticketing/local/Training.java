package ticketing.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ticketing.embedded.ChildProcess;
import ticketing.embedded.EmbeddedBroker;
import ticketing.embedded.Folders;
import ticketing.embedded.FreePort;

/**
 * Makes the missing archives of classes in the background, at the lowest priority, once
 * everything serves: nobody should wait for Ready so that the next start is quicker.
 */
final class Training {

	private static final String NAME = "training";

	private final DataFolder data;

	private final ServiceSettings settings;

	private volatile boolean stopping;

	Training(DataFolder data, ServiceSettings settings) {
		this.data = data;
		this.settings = settings;
	}

	void start(List<ServiceProgram> services, BrokerProgram broker) {
		Thread thread = new Thread(() -> {
			for (ServiceProgram service : services) {
				train(service.archive(), () -> train(service));
			}
			if (this.settings.hasOwnBroker()) {
				train(broker.archive(), () -> train(broker));
			}
		}, NAME);
		thread.setDaemon(true);
		thread.start();
	}

	private void train(ClassArchive archive, Exercise exercise) {
		try {
			if (archive.isMissing() && !this.stopping) {
				exercise.run();
			}
		}
		catch (IOException | RuntimeException ex) {
			// Then starts stay as slow as this one was: nothing anybody has to be told.
			if (!this.stopping) {
				giveUp(archive);
			}
		}
	}

	private static void giveUp(ClassArchive archive) {
		try {
			archive.giveUp();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts nothing any more.
	 */
	void stop() {
		this.stopping = true;
	}

	private void train(ServiceProgram service) throws IOException {
		// As far as where it would serve.
		List<String> recording = new ArrayList<>(service.archive().record());
		recording.add("-Dspring.context.exit=onRefresh");
		run(service.command(recording), this.settings.of(service.service(), FreePort.find()));
		List<String> writing = service.archive().write();
		if (!writing.isEmpty()) {
			run(service.command(writing), System.getenv());
		}
		service.archive().written();
	}

	private void train(BrokerProgram broker) throws IOException {
		throwIfStopping();
		Path folder = this.data.brokerTraining();
		Folders.delete(folder);
		ChildProcess process = EmbeddedBroker
			.start(new EmbeddedBroker.Settings(folder, this.data.log(NAME), FreePort.find(), broker.archive().record()))
			.process();
		process.closeInput();
		check(process);
		List<String> writing = broker.archive().write();
		if (!writing.isEmpty()) {
			run(broker.command(writing), broker.environment());
		}
		broker.archive().written();
		Folders.delete(folder);
	}

	private void run(List<String> command, Map<String, String> environment) {
		throwIfStopping();
		List<String> patient = new ArrayList<>();
		if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
			patient.addAll(List.of("/usr/bin/nice", "-n", "19"));
		}
		patient.addAll(command);
		check(new ServiceProcess(NAME, patient, environment, this.data.pidFile(NAME), this.data.log(NAME)).launch());
	}

	private void check(ChildProcess process) {
		if (process.onExit().join() != 0) {
			throw new IllegalStateException("It did not end well");
		}
	}

	private void throwIfStopping() {
		if (this.stopping) {
			throw new IllegalStateException("Stopping");
		}
	}

	/** What is run to see the classes it loads. */
	private interface Exercise {

		void run() throws IOException;

	}

}

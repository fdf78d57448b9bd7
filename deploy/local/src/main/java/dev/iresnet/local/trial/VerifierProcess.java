package dev.iresnet.local.trial;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.iresnet.local.cluster.Kafka;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.process.StopSignal;
import dev.iresnet.local.topic.Topics;
import dev.iresnet.proving.verify.Verdict;
import dev.iresnet.proving.verify.VerifierMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The verifier in a process of its own: nothing that the job does to this one, up to its end, can
 * touch what the verifier sees. Its standard input tells it when the manifest is complete; since
 * that ends with this process too, it never stays behind.
 */
final class VerifierProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration GLANCE = Duration.ofMillis(100);

    /** What a verdict adds to its components, such as that it is faultless, follows from them. */
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Process process;
    private final Path verdict;
    private final CountDownLatch ready = new CountDownLatch(1);

    private VerifierProcess(Process process, Path verdict) {
        this.process = process;
        this.verdict = verdict;
        Thread thread = new Thread(this::listen, "verifier-output");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * @param manifest which may not be there yet
     * @param labels a file with a label of the network a line
     * @param directory for its verdict
     * @param log where its own log and errors go
     */
    static VerifierProcess start(
            Kafka kafka, Topics topics, Path manifest, Path labels, Path directory, Path log) {
        Path verdict = directory.resolve("verdict.json");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-Diresnet.log=" + log,
                        VerifierMain.class.getName(),
                        "--bootstrap-servers=" + kafka.bootstrapServers(),
                        "--output=" + topics.output(),
                        "--dead-letters=" + topics.deadLetter(),
                        "--manifest=" + manifest,
                        "--labels=" + labels,
                        "--json=" + verdict);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new VerifierProcess(builder.start(), verdict);
        } catch (IOException e) {
            throw new LocalException("Cannot start the verifier: " + e.getMessage(), e);
        }
    }

    /** Waits until it sees whatever is sent from then on. */
    void awaitReady(StopSignal stop) {
        while (ready.getCount() > 0) {
            if (!process.isAlive()) {
                throw new LocalException("The verifier ended before it was ready");
            }
            stop.pause(GLANCE);
        }
    }

    /** Tells it that the manifest is complete. */
    void closeManifest() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new LocalException("The verifier has ended: " + e.getMessage(), e);
        }
    }

    /** Waits until it has seen everything, or given up. */
    Verdict awaitVerdict(StopSignal stop, Runnable meanwhile) {
        while (process.isAlive()) {
            stop.pause(GLANCE);
            meanwhile.run();
        }
        try {
            return JSON.readValue(Files.readAllBytes(verdict), Verdict.class);
        } catch (IOException e) {
            throw new LocalException(
                    "The verifier ended with status %d and no verdict"
                            .formatted(process.exitValue()),
                    e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    /** Its first line says that it is ready; the others are read so that it can go on writing. */
    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            while (lines.readLine() != null) {
                ready.countDown();
            }
        } catch (IOException e) {
            // The process has ended, which awaitVerdict sees.
        }
    }
}

package dev.iresnet.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.chaos.process.JvmCommand;
import dev.iresnet.chaos.process.JvmProcess;
import dev.iresnet.proving.verify.VerifierMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The shared verifier, in a process of its own. */
public final class VerifierProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JvmProcess process;
    private final Path verdict;
    private final CountDownLatch ready = new CountDownLatch(1);

    private VerifierProcess(JvmProcess process, Path verdict) {
        this.process = process;
        this.verdict = verdict;
        Thread thread = new Thread(this::listen, "verifier-output");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * What it is to compare.
     *
     * @param bootstrapServers of Kafka
     * @param output topic of results
     * @param deadLetters topic of dead letters
     * @param manifest which may not be there yet
     * @param reference the right answers
     */
    public record Task(
            String bootstrapServers,
            String output,
            String deadLetters,
            Path manifest,
            Path reference) {}

    /** Starts it. */
    public static VerifierProcess start(Site site, Task task) {
        Path verdict = site.workplace().file("verdict.json");
        JvmCommand command =
                new JvmCommand(
                        "verifier",
                        VerifierMain.class.getName(),
                        site.software().own(),
                        List.of("-Xmx3g", "-XX:+UseSerialGC"),
                        List.of(
                                "--bootstrap-servers=" + task.bootstrapServers(),
                                "--output=" + task.output(),
                                "--dead-letters=" + task.deadLetters(),
                                "--manifest=" + task.manifest(),
                                "--reference=" + task.reference(),
                                "--json=" + verdict),
                        Map.of());
        return new VerifierProcess(
                JvmProcess.startPiped(command, site.workplace().log("verifier")), verdict);
    }

    /** Waits until it sees whatever is sent from then on. */
    public void awaitReady() {
        Waiting.until("the verifier", Duration.ofMinutes(3), () -> ready.getCount() == 0);
    }

    /**
     * Tells it that the manifest is complete, and waits until it has seen all or given up.
     *
     * @return the verdict, as it wrote it
     */
    public JsonNode conclude() {
        try {
            process.process().getOutputStream().close();
            process.process().waitFor();
            return JSON.readTree(Files.readAllBytes(verdict));
        } catch (IOException e) {
            throw new UncheckedIOException("the verifier has left no verdict", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the verdict", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    /** Its first line says that it is ready; the others are read so that it can go on writing. */
    private void listen() {
        try (BufferedReader lines = process.process().inputReader(StandardCharsets.UTF_8)) {
            while (lines.readLine() != null) {
                ready.countDown();
            }
        } catch (IOException e) {
            // It has gone, which who waits for it sees.
        }
    }
}

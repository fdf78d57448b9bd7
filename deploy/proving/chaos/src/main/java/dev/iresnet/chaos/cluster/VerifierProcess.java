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
     * Starts it.
     *
     * @param topics of results and of dead letters
     * @param manifest which may not be there yet
     * @param reference the right answers
     */
    public static VerifierProcess start(
            Software software,
            Workplace workplace,
            String bootstrapServers,
            List<String> topics,
            Path manifest,
            Path reference) {
        Path verdict = workplace.file("verdict.json");
        JvmCommand command =
                new JvmCommand(
                        "verifier",
                        VerifierMain.class.getName(),
                        software.own(),
                        List.of("-Xmx768m", "-XX:+UseSerialGC"),
                        List.of(
                                "--bootstrap-servers=" + bootstrapServers,
                                "--output=" + topics.get(0),
                                "--dead-letters=" + topics.get(1),
                                "--manifest=" + manifest,
                                "--reference=" + reference,
                                "--json=" + verdict),
                        Map.of());
        return new VerifierProcess(
                JvmProcess.startPiped(command, workplace.log("verifier")), verdict);
    }

    /** Waits until it sees whatever is sent from then on. */
    public void awaitReady() {
        Waiting.until("the verifier", Duration.ofSeconds(60), () -> ready.getCount() == 0);
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

package dev.iresnet.proving.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * The verifier in a process of its own, seen from the one that started it: nothing that a job does
 * to that one, up to its end, can touch what the verifier sees. Its standard input tells it when
 * the manifest is complete; since that ends with the parent too, it never stays behind.
 */
public final class VerifierProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final Path verdict;
    private final CountDownLatch ready = new CountDownLatch(1);

    /**
     * Follows a process that runs {@link VerifierMain}.
     *
     * @param process whose standard input and output are pipes
     * @param verdict file that it writes
     */
    public VerifierProcess(Process process, Path verdict) {
        this.process = process;
        this.verdict = verdict;
        Thread thread = new Thread(this::listen, "verifier-output");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Arguments of {@link VerifierMain}.
     *
     * @param output topic of results
     * @param deadLetters topic of dead letters
     * @param manifest which may not be there yet
     * @param verdict file to write
     */
    public static List<String> arguments(
            String bootstrapServers,
            String output,
            String deadLetters,
            Path manifest,
            Path verdict) {
        return List.of(
                "--bootstrap-servers=" + bootstrapServers,
                "--output=" + output,
                "--dead-letters=" + deadLetters,
                "--manifest=" + manifest,
                "--json=" + verdict);
    }

    /** Whether it sees whatever is sent from now on. */
    public boolean isReady() {
        return ready.getCount() == 0;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Tells it that the manifest is complete. */
    public void closeManifest() throws IOException {
        process.getOutputStream().close();
    }

    /**
     * Waits until it has seen everything, or given up.
     *
     * @return the verdict, as it wrote it
     * @throws IOException if it left none
     */
    public JsonNode awaitVerdict() throws IOException {
        try {
            int status = process.waitFor();
            if (Files.notExists(verdict)) {
                throw new IOException(
                        "the verifier ended with status %d and no verdict".formatted(status));
            }
            return JSON.readTree(Files.readAllBytes(verdict));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the verdict", e);
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
            Thread.currentThread().interrupt();
        }
    }

    /** Its first line says that it is ready; the others are read so that it can go on writing. */
    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            while (lines.readLine() != null) {
                ready.countDown();
            }
        } catch (IOException e) {
            // it has ended, which isAlive and awaitVerdict tell
        }
    }
}

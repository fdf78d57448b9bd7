package dev.iresnet.benchmark.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.process.JvmProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A worker in a process of its own, seen from outside. Used by one thread. */
public final class WorkerProcess implements AutoCloseable {
    private static final Duration TO_END = Duration.ofSeconds(30);

    private final JvmProcess process;
    private final BufferedReader answers;
    private final Writer orders;

    /** Waits until it is open. */
    WorkerProcess(JvmProcess process) throws IOException {
        this.process = process;
        this.answers = process.process().inputReader(StandardCharsets.UTF_8);
        this.orders = process.process().outputWriter(StandardCharsets.UTF_8);
        try {
            next();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Gives an order, and waits for the answer.
     *
     * @param order a record of plain values
     * @throws IOException if it failed; the message has its reason
     */
    public JsonNode ask(Object order) throws IOException {
        orders.write(WorkerLoop.JSON.writeValueAsString(order) + "\n");
        orders.flush();
        return next();
    }

    /** The same, of an order whose answer is a record. */
    public <T> T ask(Object order, Class<T> answer) throws IOException {
        return WorkerLoop.JSON.convertValue(ask(order), answer);
    }

    /** The same, of an order whose answer is a number. */
    public double rate(Object order) throws IOException {
        return ask(order).asDouble();
    }

    private JsonNode next() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            // native libraries may print, too
            JsonNode said =
                    line.startsWith("{")
                            ? WorkerLoop.JSON.readTree(line)
                            : WorkerLoop.JSON.nullNode();
            if (said.has(WorkerLoop.ANSWER)) {
                return said.path(WorkerLoop.ANSWER);
            }
            if (said.has(WorkerLoop.FAILURE)) {
                throw new IOException(
                        "%s: %s".formatted(process.name(), said.path(WorkerLoop.FAILURE).asText()));
            }
        }
        throw new IOException(
                "%s has ended with status %d; its log says why"
                        .formatted(process.name(), process.awaitEnd()));
    }

    /** Lets it end what it is at, a transaction for one; ends it if it does not. */
    @Override
    public void close() {
        try {
            orders.close();
            process.process().waitFor(TO_END.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            // it has gone already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.close();
    }
}

package dev.iresnet.benchmark.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.chaos.process.JvmCommand;
import dev.iresnet.chaos.process.JvmProcess;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.proving.broker.BrokerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * A Kafka broker in a process of its own, with the topics of a measurement. Its data goes with it.
 */
public final class Broker implements AutoCloseable {
    /** Of the job. */
    public static final String INPUT = "frames";

    public static final String OUTPUT = "labels";
    public static final String DEAD_LETTERS = "frames.dlq";

    /** Of the loop that the job is held against. */
    public static final String PLAIN_INPUT = "plain-frames";

    public static final String PLAIN_OUTPUT = "plain-labels";

    private static final int PARTITIONS = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_FRAME = 1 << 20;
    private static final int MAX_DEAD_LETTER = MAX_FRAME + (64 << 10);

    /**
     * What has been read can go soon. Segments are small for that, but not so small that the broker
     * writes one to disk at every moment.
     */
    private static final Map<String, String> SHORT_MEMORY =
            Map.of(
                    "log.segment.bytes", Integer.toString(64 << 20),
                    "log.segment.delete.delay.ms", "0",
                    "log.retention.check.interval.ms", "500");

    private final JvmProcess process;
    private final RunDirectory data;
    private final String bootstrapServers;
    private final Admin admin;

    private Broker(JvmProcess process, RunDirectory data, String bootstrapServers) {
        this.process = process;
        this.data = data;
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Returns when clients can connect. */
    public static Broker start(RunDirectory directory) throws IOException {
        RunDirectory data = new RunDirectory(Files.createTempDirectory(directory.root(), "kafka-"));
        List<String> arguments = new ArrayList<>(List.of("--directory=" + data.root()));
        for (String topic : List.of(INPUT, OUTPUT, PLAIN_INPUT, PLAIN_OUTPUT)) {
            arguments.add("--topic=%s:%d:%d".formatted(topic, PARTITIONS, MAX_FRAME));
        }
        arguments.add("--topic=%s:1:%d".formatted(DEAD_LETTERS, MAX_DEAD_LETTER));
        SHORT_MEMORY.forEach((key, value) -> arguments.add("--property=" + key + "=" + value));
        JvmProcess process =
                JvmProcess.startPiped(
                        JvmCommand.here(
                                "broker",
                                BrokerMain.class,
                                List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC"),
                                arguments),
                        directory.log("broker"));
        // its stream is left open: it belongs to the process
        BufferedReader lines = process.process().inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the broker did not start; its log says why");
        }
        return new Broker(
                process, data, new ObjectMapper().readTree(line).path("bootstrapServers").asText());
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Drops what is in these topics, so that a long measurement needs the disk of a short one and
     * is not disturbed by writing to disk what is not read again.
     */
    void forget(List<String> topics) throws IOException {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                // -1: up to where it ends now
                all.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(-1));
            }
        }
        try {
            admin.deleteRecords(all).all().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker does not drop what was read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        process.close();
        try {
            data.delete();
        } catch (UncheckedIOException e) {
            // it goes with the run's directory
        }
    }
}

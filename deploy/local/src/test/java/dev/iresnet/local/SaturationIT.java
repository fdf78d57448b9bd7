package dev.iresnet.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.cli.Iresnet;
import dev.iresnet.local.cluster.JobMetrics;
import dev.iresnet.local.process.StopSignal;
import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.proving.manifest.ManifestTail;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The whole job on all bundled frames at once, more than it can label at a time: what it says of
 * each, and how it batches them, seen from outside.
 */
final class SaturationIT {

    private static final int FRAMES = 500;
    private static final int MAX_BATCH = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path PICTURES = Path.of("demo/frames").toAbsolutePath();
    private static final Pattern READS = Pattern.compile(".*partition\\.(\\d+)\\.currentOffset");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;

    private LocalRunner runner;
    private CompletableFuture<Integer> run;
    private Path manifest;
    private JsonNode ready;
    private List<LabeledResult> results;

    @BeforeEach
    void labelAllFrames() throws Exception {
        runner = new LocalRunner(directory);
        manifest = directory.resolve("manifest.jsonl");
        String options =
                "--count=%d --cameras=16 --rate=0 --keep-running --manifest=%s --set=labels.top-k=10 --set=batch.max-size=%d"
                        .formatted(FRAMES, manifest, MAX_BATCH);
        run = CompletableFuture.supplyAsync(() -> runner.run(options));
        await(() -> runner.out().contains("\n"));
        ready = JSON.readTree(runner.out().lines().findFirst().orElseThrow());
        results = readResults();
        // the verifier has its word before the run can be ended well
        await(() -> runner.screen().contains("Serving"));
    }

    @AfterEach
    void stop() {
        runner.stop();
        assertThat(run.join()).as(runner.screen()).isEqualTo(LocalRun.GOOD);
    }

    @Test
    void fillsBatchesFromBothSlotsAndLabelsAsPredictDoes() throws Exception {
        assertScoresAreThoseOfPredict();
        assertBatchesAreHalfFullAndShared();
    }

    private void assertScoresAreThoseOfPredict() throws Exception {
        Map<String, Map<String, Double>> predicted = predict();
        Map<String, String> files =
                ManifestTail.readAll(manifest).stream()
                        .collect(Collectors.toMap(ManifestEntry::eventId, ManifestEntry::file));
        assertThat(files.values()).doesNotHaveDuplicates().hasSize(FRAMES);
        for (LabeledResult result : results) {
            String file = requireNonNull(files.get(result.getEventId()));
            Map<String, Double> scores =
                    requireNonNull(predicted.get(PICTURES.resolve(file).toString()), file);
            assertThat(result.getLabels()).as(file).hasSameSizeAs(scores.keySet());
            for (Label label : result.getLabels()) {
                assertThat((double) label.getScore())
                        .as("%s: %s", file, label.getName())
                        .isCloseTo(requireNonNull(scores.get(label.getName())), within(1e-4));
            }
        }
    }

    private void assertBatchesAreHalfFullAndShared() throws Exception {
        // Frames of one batch have their instant in common, and two batches that come back from
        // their device threads in the same microsecond still differ in how long they took.
        Map<Object, List<LabeledResult>> batches =
                results.stream()
                        .collect(
                                Collectors.groupingBy(
                                        result ->
                                                List.of(
                                                        result.getInferredAt(),
                                                        result.getTimings().getInferenceMicros())));
        assertThat(batches.values())
                .allSatisfy(
                        batch ->
                                assertThat(batch)
                                        .allSatisfy(
                                                result ->
                                                        assertThat(batch)
                                                                .hasSize(
                                                                        result.getTimings()
                                                                                .getBatchSize())));

        JobMetrics metrics = new JobMetrics(rest(), JobID.fromHexString(jobId()));
        await(() -> metrics.labelled() == FRAMES);
        assertThat(metrics.meanBatchSize().orElseThrow())
                .isCloseTo((double) FRAMES / batches.size(), within(1e-9))
                .isGreaterThanOrEqualTo(MAX_BATCH / 2.0);

        Map<Integer, Integer> slots = slotsByPartition();
        assertThat(new HashSet<>(slots.values())).hasSize(2);
        assertThat(batches.values()).anyMatch(batch -> slotsOf(batch, slots).size() == 2);
    }

    private static Set<Integer> slotsOf(List<LabeledResult> batch, Map<Integer, Integer> slots) {
        return batch.stream()
                .map(result -> slots.get(result.getSource().getPartition()))
                .collect(Collectors.toSet());
    }

    /** Which subtask reads which partition, as the source's own metrics tell. */
    private Map<Integer, Integer> slotsByPartition() throws Exception {
        String vertex = get("/jobs/" + jobId()).at("/vertices/0/id").textValue();
        Map<Integer, Integer> slots = new HashMap<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            String metrics = "/jobs/%s/vertices/%s/subtasks/%d/metrics";
            for (JsonNode metric : get(metrics.formatted(jobId(), vertex, subtask))) {
                Matcher reads = READS.matcher(metric.get("id").textValue());
                if (reads.matches()) {
                    slots.put(Integer.valueOf(reads.group(1)), subtask);
                }
            }
        }
        return slots;
    }

    private String jobId() throws Exception {
        return get("/jobs").at("/jobs/0/id").textValue();
    }

    private URI rest() {
        return URI.create(ready.get("restUrl").textValue());
    }

    private JsonNode get(String path) throws Exception {
        try (InputStream answer = URI.create(rest() + path).toURL().openStream()) {
            return JSON.readTree(answer);
        }
    }

    /** Scores by label, by file, as {@code iresnet predict} prints them. */
    private static Map<String, Map<String, Double>> predict() throws Exception {
        StringWriter printed = new StringWriter();
        CommandLine command = Iresnet.commandLine().setOut(new PrintWriter(printed));
        String model = Path.of("demo/models/cifar10-iresnet20").toAbsolutePath().toString();
        assertThat(
                        command.execute(
                                "predict",
                                "--model=" + model,
                                "--top-k=10",
                                "--json",
                                PICTURES.toString()))
                .isZero();
        Map<String, Map<String, Double>> scores = new HashMap<>();
        for (String line : printed.toString().lines().toList()) {
            JsonNode prediction = JSON.readTree(line);
            Map<String, Double> labels = new HashMap<>();
            prediction
                    .get("labels")
                    .forEach(l -> labels.put(l.get("name").textValue(), l.get("score").asDouble()));
            scores.put(prediction.get("file").textValue(), labels);
        }
        return scores;
    }

    private List<LabeledResult> readResults() throws Exception {
        SingleObjectFormat<LabeledResult> format = SingleObjectFormat.ofLabeledResults();
        List<LabeledResult> read = new ArrayList<>();
        Map<String, Object> options =
                Map.of(
                        "bootstrap.servers",
                        ready.get("bootstrapServers").textValue(),
                        "isolation.level",
                        "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        options, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(ready.at("/topics/output").textValue()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await(
                    () -> {
                        for (ConsumerRecord<byte[], byte[]> record :
                                consumer.poll(Duration.ofMillis(100))) {
                            read.add(format.decode(record.value()));
                        }
                        return read.size() >= FRAMES;
                    });
        }
        return read;
    }

    private void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        StopSignal never = new StopSignal();
        while (!condition.call()) {
            assertThat(run).as(runner.screen()).isNotDone();
            assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
            never.pause(Duration.ofMillis(20));
        }
    }
}

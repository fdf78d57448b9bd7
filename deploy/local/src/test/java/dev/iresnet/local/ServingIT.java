package dev.iresnet.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.local.process.StopSignal;
import dev.iresnet.local.wall.Reader;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.proving.feed.FeedProducers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that only serve, with somebody else's producer and consumer, until they are stopped. */
final class ServingIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path SHIP = Path.of("demo/frames/ship/0000.jpg");

    @TempDir private Path directory;

    @Test
    void labelsPlainPicturesOfAnyProducerOnTheEmbeddedBroker() throws Exception {
        LocalRunner runner = new LocalRunner(directory);
        CompletableFuture<Integer> run =
                CompletableFuture.supplyAsync(
                        () ->
                                runner.run(
                                        "--count=0 --keep-running --input-format=image"
                                                + " --output-format=json"));
        try {
            awaitWhile(run, runner, () -> runner.out().endsWith("\n"));
            JsonNode ready = new ObjectMapper().readTree(runner.out());
            String servers = ready.get("bootstrapServers").textValue();
            send(servers, ready.at("/topics/input").textValue(), Files.readAllBytes(SHIP));
            send(servers, ready.at("/topics/input").textValue(), "not a picture".getBytes(UTF_8));

            List<byte[]> results = read(servers, ready.at("/topics/output").textValue());
            List<byte[]> letters = read(servers, ready.at("/topics/deadLetter").textValue());
            assertThat(new ObjectMapper().readTree(results.get(0)).at("/labels/0/name").textValue())
                    .isEqualTo("ship");
            assertThat(letters).containsExactly("not a picture".getBytes(UTF_8));
            assertThat(ready.get("restUrl").textValue()).startsWith("http://");
            showsTheSame(new Reader(URI.create(ready.get("wallUrl").textValue())));
        } finally {
            runner.stop();
        }
        assertThat(run.get()).as(runner.screen()).isEqualTo(LocalRun.GOOD);
    }

    @Test
    void commitsOnTheUsersOwnBrokerWhatItHasLabelledWhenItIsStopped() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopic("in", 2);
            broker.createTopic("out", 2);
            broker.createTopic("failed", 2, Map.of("max.message.bytes", "17825792"));
            send(broker.bootstrapServers(), "in", Files.readAllBytes(SHIP));
            LocalRunner runner = new LocalRunner(directory);
            String options =
                    "--bootstrap-servers=%s --input=in --output=out --dead-letter=failed --input-format=image --checkpoint-interval=2min"
                            .formatted(broker.bootstrapServers());
            CompletableFuture<Integer> run =
                    CompletableFuture.supplyAsync(() -> runner.run(options));
            try {
                awaitWhile(run, runner, () -> runner.screen().contains("labelled 1 "));
            } finally {
                runner.stop();
            }

            assertThat(run.get()).as(runner.screen()).isEqualTo(LocalRun.GOOD);
            assertThat(read(broker.bootstrapServers(), "out")).hasSize(1);
        }
    }

    private static void showsTheSame(Reader wall) throws IOException, InterruptedException {
        JsonNode shown =
                wall.await(
                        now ->
                                now.at("/totals/labelled").intValue() == 1
                                        && now.at("/totals/deadLettered").intValue() == 1);
        JsonNode door = shown.at("/cameras/0");
        assertThat(door.get("name").textValue()).isEqualTo("door");
        assertThat(door.at("/result/labels/0/name").textValue()).isEqualTo("ship");
        assertThat(door.at("/letter/code").textValue()).isEqualTo("IMAGE_NOT_AN_IMAGE");
        assertThat(wall.picture(door).body()).isEqualTo(Files.readAllBytes(SHIP));
        assertThat(shown.get("phase").textValue()).isEqualTo("running");
    }

    private static void send(String servers, String topic, byte[] picture)
            throws InterruptedException, ExecutionException {
        try (Producer<byte[], byte[]> producer =
                FeedProducers.create(Map.of("bootstrap.servers", servers))) {
            producer.send(new ProducerRecord<>(topic, "door".getBytes(UTF_8), picture)).get();
        }
    }

    /** Committed values of a topic, as soon as there are any. */
    private static List<byte[]> read(String servers, String topic) {
        Map<String, Object> options =
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "group.id",
                        "reader-of-" + topic,
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed");
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        options, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            await(
                    () -> {
                        for (ConsumerRecord<byte[], byte[]> record :
                                consumer.poll(Duration.ofMillis(100))) {
                            values.add(record.value());
                        }
                        return !values.isEmpty();
                    });
        }
        return values;
    }

    private static void awaitWhile(
            CompletableFuture<Integer> run, LocalRunner runner, BooleanSupplier condition) {
        await(
                () -> {
                    assertThat(run).as(runner.screen()).isNotDone();
                    return condition.getAsBoolean();
                });
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        StopSignal never = new StopSignal();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
            never.pause(Duration.ofMillis(20));
        }
    }
}

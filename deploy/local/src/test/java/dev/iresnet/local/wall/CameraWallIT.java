package dev.iresnet.local.wall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.local.topic.Topics;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.ResultJson;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wall over a real broker; this test is cameras and job. */
final class CameraWallIT {

    private static final Topics TOPICS = new Topics("in", "out", "failed");
    private static final SingleObjectFormat<ImageEvent> EVENTS =
            SingleObjectFormat.ofImageEvents(List.of());
    private static final byte[] SHIP = bundled("ship/0000.jpg");
    private static final byte[] FROG = bundled("frog/0000.jpg");

    private static EmbeddedBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;

    private CameraWall wall;
    private Reader reader;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
        Map<String, String> large = Map.of("max.message.bytes", Integer.toString(20 << 20));
        broker.createTopic(TOPICS.input(), 2, large);
        broker.createTopic(TOPICS.output(), 2);
        broker.createTopic(TOPICS.deadLetter(), 2);
        producer = producer(Map.of("max.request.size", 20 << 20));
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @BeforeEach
    void open() throws IOException {
        CameraWall.Plan plan =
                new CameraWall.Plan(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        TOPICS,
                        new ImageEventFrameReader(EVENTS::decode),
                        Duration.ofMinutes(5));
        wall = CameraWall.open(plan, PortRange.of(0));
        wall.running();
        reader = new Reader(wall.url());
    }

    @AfterEach
    void close() {
        wall.close();
    }

    @Test
    void showsEachCamerasLatestLabelsWithTheFrameThatTheyAreOf() throws Exception {
        sendFrame("door", "d1", SHIP);
        Position second = sendFrame("door", "d2", FROG);
        Position gate = sendFrame("gate", "g1", SHIP);
        sendResult("door", "d1", new Position("in", 0, 0), "ship");
        sendResult("door", "d2", second, "frog");
        sendJson("gate", "g1", gate, "ship");

        JsonNode message =
                reader.await(now -> shows(now, "door", "d2") && shows(now, "gate", "g1"));

        assertThat(message.get("phase").textValue()).isEqualTo("running");
        JsonNode door = camera(message, "door");
        assertThat(door.at("/result/labels/0/name").textValue()).isEqualTo("frog");
        assertThat(door.at("/result/labels/0/score").floatValue()).isEqualTo(0.75f);
        assertThat(reader.picture(door).body()).isEqualTo(FROG);
        assertThat(reader.picture(camera(message, "gate")).body()).isEqualTo(SHIP);
        assertThat(reader.picture(door).headers().firstValue("Content-Type"))
                .contains("image/jpeg");
    }

    @Test
    void namesAreTextWhateverIsInThem() throws Exception {
        String hostile = "<img src=x onerror=\"alert(1)\">\u202Eabc\r\n\u0000'&quot;</script>";
        Position place = sendFrame(hostile, "e <b>&/?#%", SHIP);
        sendResult(hostile, "e <b>&/?#%", place, hostile);

        JsonNode message = reader.await(now -> !now.get("cameras").isEmpty());

        JsonNode camera = message.at("/cameras/0");
        assertThat(camera.get("name").textValue()).isEqualTo(DisplayText.of(hostile));
        assertThat(camera.at("/result/labels/0/name").textValue())
                .isEqualTo(DisplayText.of(hostile));
        assertThat(reader.picture(camera).body()).isEqualTo(SHIP);
    }

    @Test
    void showsDeadLettersWithTheirCode() throws Exception {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>("failed", "door".getBytes(UTF_8), "no event".getBytes(UTF_8));
        letter.headers().add("iresnet.error.code", "NOT_AN_EVENT".getBytes(UTF_8));
        send(letter);

        JsonNode message = reader.await(now -> !now.get("letters").isEmpty());

        assertThat(message.at("/letters/0/code").textValue()).isEqualTo("NOT_AN_EVENT");
        assertThat(camera(message, "door").at("/letter/code").textValue())
                .isEqualTo("NOT_AN_EVENT");
        assertThat(camera(message, "door").has("result")).isFalse();
    }

    @Test
    void whatIsNoResultIsCountedAndTheWallGoesOn() throws Exception {
        for (byte[] value : new byte[][] {{}, {0, 0, 0, 0, 9, 1}, "{\"a\":1}".getBytes(UTF_8)}) {
            send(new ProducerRecord<>("out", "door".getBytes(UTF_8), value));
        }
        send(new ProducerRecord<>("out", null));
        sendResult("door", "d1", sendFrame("door", "d1", SHIP), "ship");

        JsonNode message =
                reader.await(
                        now ->
                                shows(now, "door", "d1")
                                        && now.at("/totals/unreadable").intValue() == 4);

        assertThat(message.at("/totals/labelled").intValue()).isEqualTo(1);
    }

    @Test
    void countsFramesThatWaitForTheirAnswer() throws Exception {
        for (int i = 0; i < 5; i++) {
            sendFrame("door", "w" + i, SHIP);
        }

        JsonNode message = reader.await(now -> now.at("/totals/in").intValue() == 5);
        assertThat(message.at("/totals/waiting").intValue()).isEqualTo(5);
    }

    @Test
    void resultsOfATransactionThatIsAbortedDoNotShow() throws Exception {
        Position place = sendFrame("door", "d1", SHIP);
        try (KafkaProducer<byte[], byte[]> job = producer(Map.of("transactional.id", "job"))) {
            job.initTransactions();
            job.beginTransaction();
            job.send(Answers.record("door", "aborted", place, "cat")).get();
            job.flush();
            job.abortTransaction();
            job.beginTransaction();
            job.send(Answers.record("door", "d1", place, "ship")).get();
            job.commitTransaction();
        }

        JsonNode message = reader.await(now -> !now.get("cameras").isEmpty());
        assertThat(shows(message, "door", "d1")).isTrue();
        assertThat(message.at("/totals/labelled").intValue()).isEqualTo(1);
    }

    @Test
    void saysWhatIsTheMatterWithAPictureThatItDoesNotShow() throws Exception {
        byte[] huge = new byte[9 << 20];
        System.arraycopy(SHIP, 0, huge, 0, SHIP.length);
        Position broken = sendFrame("broken", "b", "no picture".getBytes(UTF_8));
        Position referred =
                send(
                        Answers.event("referred", "r")
                                .setImage(new ImageReference("s3://a/b", 5L, "0".repeat(64)))
                                .build());
        sendResult("huge", "h", sendFrame("huge", "h", huge), "ship");
        sendResult("broken", "b", broken, "ship");
        sendResult("referred", "r", referred, "ship");
        sendResult("other", "o", broken, "ship");
        sendResult("elsewhere", "e", new Position("failed", 0, 0), "ship");
        sendResult("future", "f", new Position("in", 0, 1L << 60), "ship");
        sendResult("nowhere", "n", new Position("in", 77, 0), "ship");

        JsonNode message = reader.await(now -> now.get("cameras").size() == 7);

        assertThat(reason(message, "huge")).isEqualTo("too large to be shown");
        assertThat(reason(message, "broken")).isEqualTo("cannot be shown");
        assertThat(reason(message, "other")).isEqualTo("another frame has its place");
        assertThat(reason(message, "elsewhere")).isEqualTo("not in this run's input topic");
        assertThat(reason(message, "future")).isEqualTo("no longer in the input topic");
        assertThat(reason(message, "nowhere")).isEqualTo("no longer in the input topic");
        assertThat(reason(message, "referred")).isEqualTo("kept outside of Kafka");
    }

    @Test
    void aFrameThatTheTopicHasDroppedIsNotWaitedFor() throws Exception {
        Position dropped = sendFrame("door", "d1", SHIP);
        sendFrame("door", "d2", SHIP);
        broker.admin()
                .deleteRecords(
                        Map.of(
                                new TopicPartition("in", dropped.partition()),
                                RecordsToDelete.beforeOffset(dropped.offset() + 1)))
                .all()
                .get();
        sendResult("door", "d1", dropped, "ship");

        JsonNode message = reader.await(now -> shows(now, "door", "d1"));

        assertThat(reason(message, "door")).isEqualTo("no longer in the input topic");
    }

    private String reason(JsonNode message, String camera) throws Exception {
        HttpResponse<byte[]> answer = reader.picture(camera(message, camera));
        assertThat(answer.statusCode()).isEqualTo(404);
        return new String(answer.body(), UTF_8);
    }

    private static boolean shows(JsonNode message, String camera, String eventId) {
        return cameras(message, camera).stream()
                .anyMatch(view -> view.at("/result/eventId").asText().equals(eventId));
    }

    private static JsonNode camera(JsonNode message, String name) {
        return cameras(message, name).get(0);
    }

    private static List<JsonNode> cameras(JsonNode message, String name) {
        return message.get("cameras")
                .valueStream()
                .filter(view -> view.get("name").textValue().equals(name))
                .toList();
    }

    private static Position sendFrame(String camera, String eventId, byte[] picture)
            throws ExecutionException, InterruptedException {
        return send(Answers.event(camera, eventId).setImage(ByteBuffer.wrap(picture)).build());
    }

    private static Position send(ImageEvent event) throws ExecutionException, InterruptedException {
        return send(
                new ProducerRecord<>(
                        "in", event.getCameraId().getBytes(UTF_8), EVENTS.encode(event)));
    }

    private static void sendResult(String camera, String eventId, Position place, String label)
            throws ExecutionException, InterruptedException {
        send(Answers.record(camera, eventId, place, label));
    }

    private static void sendJson(String camera, String eventId, Position place, String label)
            throws ExecutionException, InterruptedException {
        byte[] value = new ResultJson().encode(Answers.sent(camera, eventId, place, label));
        send(new ProducerRecord<>("out", camera.getBytes(UTF_8), value));
    }

    private static Position send(ProducerRecord<byte[], byte[]> record)
            throws ExecutionException, InterruptedException {
        RecordMetadata where = producer.send(record).get();
        return new Position(where.topic(), where.partition(), where.offset());
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> own) {
        Map<String, Object> properties = new HashMap<>(own);
        properties.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static byte[] bundled(String name) {
        try {
            return Files.readAllBytes(Path.of("demo/frames", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.iresnet.local.wall;

import static dev.iresnet.local.wall.Answers.found;
import static dev.iresnet.local.wall.Answers.letter;
import static dev.iresnet.local.wall.Answers.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.image.BrowserImage;
import java.io.IOException;
import java.net.BindException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WallServerTest {

    private static final PortRange ANY = PortRange.of(0);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Instant NOW = Answers.CAPTURED.plusMillis(500);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final Board board = new Board();
    private final Wall wall = new Wall();
    private WallServer server;
    private Reader reader;

    @BeforeEach
    void start() throws IOException {
        server = WallServer.start(ANY, board, WallServerTest::find, SILENCE, CLOCK);
        reader = new Reader(server.url());
    }

    @AfterEach
    void stop() {
        board.enter(Board.Phase.ENDED);
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/wall.css", "/wall.js", "/nowhere", "/frames/1?event=e"})
    void lettingNothingFromElsewhereInIsPartOfEachAnswer(String path) throws Exception {
        HttpResponse<byte[]> answer = reader.get(path);

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self';")
                .doesNotContain("unsafe", "*", "http");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    /** The policy forbids scripts and styles in the page; it must not ask for any. */
    @Test
    void thePageNeedsItsOwnThreeFilesOnly() throws Exception {
        String page = reader.text("/");

        assertThat(page).contains("<title>Camera wall</title>").doesNotContain("style=", "onclick");
        assertThat(page.split("<script")).hasSize(2);
        assertThat(page).contains("<script src=\"/wall.js\" defer></script>");
        assertThat(reader.text("/wall.js"))
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write");
        assertThat(reader.text("/wall.css")).doesNotContain("url(", "@import");
    }

    @Test
    void onlyReadersOfThisMachineAreLetIn() throws Exception {
        String port = ":" + server.url().getPort();
        for (String host : List.of("localhost", "LOCALHOST" + port, "127.0.0.1" + port, "[::1]")) {
            assertThat(reader.raw(request("GET", host))).startsWith("HTTP/1.1 200 ");
        }
        for (String host : List.of("evil.example" + port, "localhost.evil.example", "127.0.0.2")) {
            assertThat(reader.raw(request("GET", host))).startsWith("HTTP/1.1 403 ");
        }
        assertThat(reader.raw(request("POST", "localhost"))).startsWith("HTTP/1.1 405 ");
    }

    @Test
    void aReaderIsToldHowItStandsAndThenOfEachChange() throws Exception {
        try (Stream<JsonNode> messages = reader.stream()) {
            var each = messages.iterator();
            assertThat(each.next().get("phase").textValue()).isEqualTo("starting");

            wall.answered(result("door", "e1"), NOW.minusSeconds(2));
            wall.answered(letter("gate", "IMAGE_CORRUPT"), NOW.minusSeconds(6));
            board.hang(wall.snapshot());
            JsonNode message = each.next();
            while (message.get("cameras").isEmpty()) {
                message = each.next();
            }

            JsonNode door = message.at("/cameras/0");
            assertThat(door.get("name").textValue()).isEqualTo("door");
            assertThat(door.get("silent").booleanValue()).isFalse();
            assertThat(door.get("quietMillis").intValue()).isEqualTo(2000);
            assertThat(door.at("/result/eventId").textValue()).isEqualTo("e1");
            assertThat(door.at("/result/ageMillis").intValue()).isEqualTo(500);
            assertThat(door.at("/result/latencyMillis").intValue()).isEqualTo(30);
            assertThat(door.at("/result/labels/0/name").textValue()).isEqualTo("ship");
            assertThat(door.at("/result/labels/0/score").floatValue()).isEqualTo(0.75f);
            JsonNode gate = message.at("/cameras/1");
            assertThat(gate.get("silent").booleanValue()).isTrue();
            assertThat(gate.has("result")).isFalse();
            assertThat(gate.at("/letter/code").textValue()).isEqualTo("IMAGE_CORRUPT");
            assertThat(message.at("/letters/0/camera").textValue()).isEqualTo("gate");
            assertThat(message.at("/totals/deadLettered").intValue()).isEqualTo(1);
        }
    }

    @Test
    void aReaderIsToldWhereADetectorsObjectsAre() throws Exception {
        Answer.Score dog = new Answer.Score("dog", 0.75f);
        wall.answered(found("door", "e1", new Answer.Found(dog, 0.25f, 0.5f, 0.75f, 1)), NOW);
        wall.answered(found("gate", "e2"), NOW);
        wall.answered(result("roof", "e3"), NOW);
        board.hang(wall.snapshot());

        JsonNode cameras =
                reader.await(message -> message.at("/cameras").size() == 3).at("/cameras");

        assertThat(cameras.at("/0/result/objects").toString())
                .isEqualTo(
                        "[{\"name\":\"dog\",\"score\":0.75,\"left\":0.25,\"top\":0.5,"
                                + "\"right\":0.75,\"bottom\":1.0}]");
        assertThat(cameras.at("/1/result/objects").isEmpty()).isTrue();
        assertThat(cameras.at("/1/result/objects").isArray()).isTrue();
        assertThat(cameras.at("/2/result").has("objects")).isFalse();
    }

    @Test
    void sendsTheFrameThatAResultIsAbout() throws Exception {
        wall.answered(result("door", "e 1/ü?"), NOW);
        board.hang(wall.snapshot());
        JsonNode camera =
                reader.await(message -> !message.get("cameras").isEmpty()).at("/cameras/0");

        HttpResponse<byte[]> picture = reader.picture(camera);

        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(new String(picture.body(), UTF_8)).isEqualTo("picture of e 1/ü?");
    }

    @Test
    void saysWhyThereIsNoPicture() throws Exception {
        wall.answered(result("door", "gone"), NOW);
        board.hang(wall.snapshot());

        HttpResponse<byte[]> gone = reader.get("/frames/1?event=gone");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(new String(gone.body(), UTF_8)).isEqualTo("no longer in the input topic");
        assertThat(reader.get("/frames/1?event=older").statusCode()).isEqualTo(410);
        assertThat(reader.get("/frames/2?event=gone").statusCode()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/frames/",
                "/frames/1",
                "/frames/1?event=%25%zz",
                "/frames/99999999999?event=e",
                "/frames/-1?event=e",
                "/frames/1/../2?event=e",
                "/frames/x?event=e"
            })
    void refusesWhatIsNoFramesAddress(String path) throws Exception {
        String request =
                "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path);

        assertThat(reader.raw(request)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void hasRoomForSomeReadersAndForThePageBesideThem() throws Exception {
        List<Stream<JsonNode>> readers = new ArrayList<>();
        for (int i = 0; i < StreamHandler.MAX_READERS; i++) {
            readers.add(reader.stream());
        }

        assertThat(reader.get("/stream").statusCode()).isEqualTo(503);
        assertThat(reader.get("/").statusCode()).isEqualTo(200);
        board.enter(Board.Phase.ENDED);
        readers.forEach(Stream::close);
    }

    @Test
    void readersAreToldOfTheEnd() throws Exception {
        try (Stream<JsonNode> messages = reader.stream()) {
            board.enter(Board.Phase.ENDED);

            assertThat(messages.toList())
                    .last()
                    .extracting(message -> message.get("phase").textValue())
                    .isEqualTo("ended");
        }
    }

    @Test
    void takesTheFirstFreePortOfARange() throws IOException {
        int taken = server.url().getPort();
        try (WallServer other =
                WallServer.start(
                        new PortRange(taken, Math.min(65_535, taken + 100)),
                        new Board(),
                        WallServerTest::find,
                        SILENCE,
                        CLOCK)) {
            assertThat(other.url().getPort()).isGreaterThan(taken);
        }
        assertThatThrownBy(
                        () ->
                                WallServer.start(
                                        PortRange.of(taken),
                                        new Board(),
                                        WallServerTest::find,
                                        SILENCE,
                                        CLOCK))
                .isInstanceOf(BindException.class);
    }

    private static BrowserImage find(Answer.Result result) throws NoPictureException {
        if (result.eventId().equals("gone")) {
            throw new NoPictureException("no longer in the input topic");
        }
        return new BrowserImage("image/png", ("picture of " + result.eventId()).getBytes(UTF_8));
    }

    private static String request(String method, String host) {
        return "%s / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(method, host);
    }
}

package dev.iresnet.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.iresnet.schemas.SchemaHistory;
import dev.iresnet.schemas.UnreadableRecordException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SchemaRegistryTest {
    private static final Schema EVENT = SchemaHistory.imageEvent().get(0);
    private static final String SCHEMA = "{\"schema\":%s}".formatted(quoted(EVENT.toString()));

    private record Answer(int status, String body) {}

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Integer> pauses = new ArrayList<>();
    private HttpServer server;
    private String address;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort() + "/ccompat/v7/";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksForASchemaByItsId() throws Exception {
        answers.add(new Answer(200, SCHEMA));
        assertThat(registry().schema(7)).contains(EVENT);
        assertThat(requests).containsExactly("GET /ccompat/v7/schemas/ids/7 Basic abc ");
    }

    @Test
    void anIdThatTheRegistryDoesNotKnowIsUnknownAtOnce() {
        answers.add(new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));
        assertThatThrownBy(() -> registry().schema(7))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("schema id 7 cannot be used: the registry knows no such schema");
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|<html>please log in</html>",
                "200|{}",
                "404|<html>no such page</html>",
                "401|{\"error_code\":401,\"message\":\"who?\"}",
                "302|",
                "429|",
                "503|",
                "503|{\"error_code\":50003}"
            })
    void whatIsNoAnswerOfARegistryIsTakenForItsAbsence(int status, String body) {
        answers.add(new Answer(status, body == null ? "" : body));
        assertThatThrownBy(() -> registry().schema(7)).isInstanceOf(IOException.class);
    }

    /** Else an id that makes a registry stumble would look as if nothing could be had from it. */
    @ParameterizedTest
    @CsvSource({"500, 50001", "404, 404", "403, 40301"})
    void anAnswerThatConcernsOneIdSaysNothingOfTheOthers(int status, int code) throws Exception {
        answers.add(new Answer(status, "{\"error_code\":%d}".formatted(code)));
        assertThat(registry().schema(7)).isEmpty();
    }

    @Test
    void anIdThatNoRegistryGivesIsNotAskedFor() {
        assertThatThrownBy(() -> registry().schema(-1))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("no ids below 0");
        assertThat(requests).isEmpty();
    }

    @Test
    void ofSeveralAddressesTheNextIsAskedWhenOneDoesNotAnswer() throws Exception {
        answers.add(new Answer(200, SCHEMA));
        SchemaRegistry registry = registry("http://127.0.0.1:" + freePort(), address);
        assertThatThrownBy(() -> registry.schema(7)).isInstanceOf(IOException.class);
        assertThat(registry.schema(7)).contains(EVENT);
    }

    /** A mounted secret that is just being exchanged, say: neither a frame's fault nor for good. */
    @Test
    void aLoginThatCannotBeLookedUpIsWaitedForLikeTheRegistry() throws Exception {
        AtomicBoolean readable = new AtomicBoolean();
        SchemaRegistry registry =
                new SchemaRegistry(
                        HttpClient.newHttpClient(),
                        List.of(URI.create(address)),
                        () -> {
                            if (!readable.get()) {
                                throw new IllegalStateException("Could not read the file");
                            }
                            return "Basic abc";
                        },
                        pauses::add);
        assertThatThrownBy(() -> registry.schema(7))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its login cannot be looked up: Could not read the file");
        assertThatThrownBy(() -> registry.find("s", EVENT))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("its login cannot be looked up");

        readable.set(true);
        answers.add(new Answer(200, SCHEMA));
        assertThat(registry.schema(7)).contains(EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":\"not a schema\"}",
                "{\"schema\":\"{\\\"type\\\":\\\"recrod\\\"}\"}",
                "{\"schema\":\"{}\",\"schemaType\":\"JSON\"}",
                "{\"schema\":\"syntax\",\"schemaType\":\"PROTOBUF\"}",
                "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"a\"}]}"
            })
    void aSchemaThatIsNoneCannotBeUsed(String body) {
        answers.add(new Answer(200, body));
        assertThatThrownBy(() -> registry().schema(7))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageStartingWith("schema id 7 cannot be used: it");
    }

    @Test
    void aHugeOrDeepSchemaCannotBeUsed() {
        answers.add(
                new Answer(200, "{\"schema\":\"" + "x".repeat(RegistryCall.MOST_BYTES) + "\"}"));
        assertThatThrownBy(() -> registry().schema(7))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("more than 1048576 bytes");

        int deep = 30_000;
        String nested =
                "{\"type\":\"array\",\"items\":".repeat(deep) + "\"int\"" + "}".repeat(deep);
        answers.add(new Answer(200, "{\"schema\":%s}".formatted(quoted(nested))));
        assertThatThrownBy(() -> registry().schema(8))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("not an Avro schema");
    }

    @Test
    void registersASchemaUnderItsSubject() throws Exception {
        answers.add(new Answer(503, ""));
        answers.add(new Answer(200, "{\"id\":41}"));
        assertThat(registry().register("labels/a-value", EVENT)).isEqualTo(41);
        assertThat(requests.get(1))
                .startsWith("POST /ccompat/v7/subjects/labels%2Fa-value/versions Basic abc ")
                .endsWith(SCHEMA);
    }

    @Test
    void findsASchemaThatSomebodyElseHasRegistered() throws Exception {
        answers.add(new Answer(200, "{\"id\":42,\"subject\":\"s\",\"version\":1}"));
        assertThat(registry().find("s", EVENT)).isEqualTo(42);
        assertThat(requests.get(0)).startsWith("POST /ccompat/v7/subjects/s Basic");
    }

    @Test
    void aRegistryThatRefusesASchemaIsQuotedWithItsAddress() {
        answers.add(new Answer(409, "{\"error_code\":409,\"message\":\"incompatible\"}"));
        SchemaRegistryException e =
                catchThrowableOfType(
                        SchemaRegistryException.class, () -> registry().register("s", EVENT));
        assertThat(e)
                .hasMessage(
                        "the schema registry at %s refuses ImageEvent for subject 's': it answers"
                                        .formatted(address)
                                + " 409 incompatible")
                .hasMessageNotContaining("Basic abc");
        assertThat(e.isSchemaMissing()).isFalse();
        assertThat(pauses).isEmpty();
    }

    @Test
    void aSubjectWithoutTheSchemaIsToldFromOtherRefusals() {
        answers.add(new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));
        SchemaRegistryException missing =
                catchThrowableOfType(
                        SchemaRegistryException.class, () -> registry().find("s", EVENT));
        assertThat(missing.isSchemaMissing()).isTrue();
    }

    @Test
    void atTheStartARegistryThatDoesNotAnswerIsNamedAfterAWhile() throws Exception {
        String nowhere = "http://127.0.0.1:" + freePort();
        assertThatThrownBy(() -> registry(nowhere).register("s", EVENT))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageStartingWith(
                        "the schema registry at " + nowhere + " does not answer: java.net.Connect");
        assertThat(pauses).containsExactly(1, 2, 3);
    }

    private SchemaRegistry registry() {
        return registry(address);
    }

    private SchemaRegistry registry(String... addresses) {
        return new SchemaRegistry(
                HttpClient.newHttpClient(),
                List.of(addresses).stream().map(URI::create).toList(),
                () -> "Basic abc",
                pauses::add);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(
                "%s %s %s %s"
                        .formatted(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI(),
                                exchange.getRequestHeaders().getFirst("Authorization"),
                                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Answer answer = answers.remove();
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

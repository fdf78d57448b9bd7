package dev.iresnet.local.wall;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A browser, as far as the wall's server can tell. */
public final class Reader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI wall;

    public Reader(URI wall) {
        this.wall = wall;
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(wall.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    String text(String path) throws IOException, InterruptedException {
        return new String(get(path).body(), UTF_8);
    }

    public HttpResponse<byte[]> picture(JsonNode camera) throws IOException, InterruptedException {
        return get(
                "/frames/%d?event=%s"
                        .formatted(
                                camera.get("number").intValue(),
                                URLEncoder.encode(
                                        camera.at("/result/eventId").textValue(), UTF_8)));
    }

    /** What the stream sends, line by line, until it ends; closing it leaves. */
    Stream<JsonNode> stream() throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(wall.resolve("/stream")).build(),
                        HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("data: "))
                .map(line -> json(line.substring("data: ".length())));
    }

    /** The first message that is as it is wanted. */
    public JsonNode await(Predicate<JsonNode> condition) throws IOException, InterruptedException {
        try (Stream<JsonNode> messages = stream()) {
            for (Iterator<JsonNode> each = messages.iterator(); each.hasNext(); ) {
                JsonNode message = each.next();
                if (condition.test(message)) {
                    return message;
                }
            }
        }
        throw new AssertionError("the stream ended before that");
    }

    /** The whole answer to a request as it is written here. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(wall.getHost(), wall.getPort());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}

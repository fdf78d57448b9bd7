package dev.iresnet.proving.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.iresnet.proving.broker.TlsKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The part of Confluent's REST protocol that serializers use: schemas are registered under a
 * subject and found by their id. Keeps everything in memory and checks no compatibility. It can be
 * told to be away, or to want a login.
 */
public final class TrialRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(\\d+)");
    private static final Pattern SUBJECT = Pattern.compile("/subjects/([^/]+)(/versions)?");

    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();
    private final List<String> subjects = new ArrayList<>();

    /** Subject and schema. */
    private final Set<List<String>> versions = new HashSet<>();

    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean away;
    private volatile String login = "";

    private TrialRegistry(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    /** On a free port of 127.0.0.1, for everybody. */
    public static TrialRegistry start() throws IOException {
        return new TrialRegistry(HttpServer.create(freePort(), 0));
    }

    /** The same over TLS. */
    public static TrialRegistry start(TlsKey key) throws IOException, GeneralSecurityException {
        HttpsServer server = HttpsServer.create(freePort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(key)));
        return new TrialRegistry(server);
    }

    /** For {@code schema-registry.url}. */
    public String address() {
        return "%s://127.0.0.1:%d"
                .formatted(
                        server instanceof HttpsServer ? "https" : "http",
                        server.getAddress().getPort());
    }

    /** Whether it answers nothing but 503. */
    public void setAway(boolean now) {
        away = now;
    }

    /** Answers 401 from now on to who does not show this {@code user:password}. */
    public void demandLogin(String userInfo) {
        login = "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    /** How often the schema of an id was asked for. */
    public int questions() {
        return questions.get();
    }

    /** The subjects that something was registered under. */
    public synchronized List<String> subjects() {
        return subjects.stream().distinct().toList();
    }

    /** As a producer does it. */
    public synchronized int register(String subject, String schema) {
        subjects.add(subject);
        versions.add(List.of(subject, schema));
        int known = schemas.indexOf(schema);
        if (known >= 0) {
            return known + 1;
        }
        schemas.add(schema);
        return schemas.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            if (away) {
                send(exchange, 503, "{\"error_code\":50301,\"message\":\"away\"}");
            } else if (!login.isEmpty() && !login.equals(shown)) {
                send(exchange, 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
            } else {
                route(exchange);
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Matcher byId = BY_ID.matcher(path);
        Matcher subject = SUBJECT.matcher(path);
        if (byId.matches()) {
            questions.incrementAndGet();
            String schema = schema(byId.group(1));
            send(exchange, schema == null ? 404 : 200, schema == null ? missing() : asJson(schema));
        } else if (subject.matches() && subject.group(2) != null) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            int id = register(subject.group(1), body.get("schema").asText());
            send(exchange, 200, "{\"id\":%d}".formatted(id));
        } else if (subject.matches()) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            int id = find(subject.group(1), body.get("schema").asText());
            send(exchange, id == 0 ? 404 : 200, id == 0 ? missing() : "{\"id\":%d}".formatted(id));
        } else {
            send(exchange, 404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
        }
    }

    /** Id of a schema of the subject; 0 if it does not have it. */
    private synchronized int find(String subject, String schema) {
        return versions.contains(List.of(subject, schema)) ? schemas.indexOf(schema) + 1 : 0;
    }

    private synchronized @Nullable String schema(String id) {
        long index = Long.parseLong(id) - 1;
        return index >= 0 && index < schemas.size() ? schemas.get((int) index) : null;
    }

    private static String missing() {
        return "{\"error_code\":40403,\"message\":\"Schema not found\"}";
    }

    private static String asJson(String schema) {
        return JSON.createObjectNode().put("schema", schema).toString();
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static InetSocketAddress freePort() throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    }

    private static SSLContext context(TlsKey key) throws IOException, GeneralSecurityException {
        char[] password = key.password().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(key.keyStore())) {
            store.load(in, password);
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}

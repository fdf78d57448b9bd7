package dev.iresnet.schemas.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One request and its answer, from one of a registry's addresses. Thread-safe. */
final class RegistryCall {
    /** A schema is some kilobytes. */
    static final int MOST_BYTES = 1 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String JSON = "application/vnd.schemaregistry.v1+json";

    private final HttpClient http;
    private final List<URI> addresses;
    private final Supplier<String> authorization;
    private final AtomicInteger current = new AtomicInteger();

    RegistryCall(HttpClient http, List<URI> addresses, Supplier<String> authorization) {
        this.http = http;
        this.addresses = List.copyOf(addresses);
        this.authorization = authorization;
    }

    /** The address whose turn it is. */
    URI address() {
        return addresses.get(Math.floorMod(current.get(), addresses.size()));
    }

    /** Of several addresses the next one gets its turn. */
    void turn() {
        current.incrementAndGet();
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    Reply post(String path, String json) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", JSON)
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String base = address().toString();
        URI uri =
                URI.create(
                        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", JSON);
        String shown = authorization();
        return shown.isEmpty() ? request : request.header("Authorization", shown);
    }

    /** A password that cannot be read now may be there at the next attempt. */
    private String authorization() throws IOException {
        try {
            return authorization.get();
        } catch (RuntimeException e) {
            throw new IOException("its login cannot be looked up: " + e.getMessage(), e);
        }
    }

    /** The client's own time-out ends with the answer's head; ours with its last byte. */
    private Reply send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, head -> new LimitedBody(MOST_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Reply.of(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure
                    ? failure
                    : new IOException(String.valueOf(e.getCause()), e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}

package dev.iresnet.local.wall;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The board, whenever it changes and at least once a second, as server-sent events: {@code data:}
 * and an object on a line. Each reader has a thread, so there is only room for some.
 */
final class StreamHandler implements HttpHandler {

    /** Readers at once. */
    static final int MAX_READERS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final Board board;
    private final SnapshotJson json;
    private final Clock clock;
    private final Semaphore room = new Semaphore(MAX_READERS);

    StreamHandler(Board board, SnapshotJson json, Clock clock) {
        this.board = board;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!room.tryAcquire()) {
            Replies.text(exchange, 503, "Too many pages show this wall already.");
            return;
        }
        try {
            stream(exchange);
        } catch (IOException e) {
            LOG.debug("A browser has closed the wall", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            room.release();
        }
    }

    /** Waits until each reader was told of the end, but not for one that does not listen. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        if (room.tryAcquire(MAX_READERS, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            room.release(MAX_READERS);
        }
    }

    private void stream(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            Board.Sight sight = board.await(-1, Duration.ZERO);
            send(out, sight);
            while (sight.phase() != Board.Phase.ENDED) {
                sight = board.await(sight.version(), HEARTBEAT);
                send(out, sight);
            }
        }
    }

    private void send(OutputStream out, Board.Sight sight) throws IOException {
        out.write(("data: " + json.of(sight, clock.instant()) + "\n\n").getBytes(UTF_8));
        out.flush();
    }
}

package dev.iresnet.local.wall;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wall over HTTP, on 127.0.0.1 only, because there is no login. */
final class WallServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WallServer.class);

    /** Beside its readers, requests for files and pictures, which are short. */
    private static final int THREADS = StreamHandler.MAX_READERS + 8;

    /** What a reader that does not listen may delay the end by. */
    private static final Duration FAREWELL = Duration.ofMillis(250);

    private final HttpServer server;
    private final ExecutorService threads;
    private final StreamHandler stream;

    private WallServer(HttpServer server, ExecutorService threads, StreamHandler stream) {
        this.server = server;
        this.threads = threads;
        this.stream = stream;
    }

    /**
     * @param silence after which a camera without answers counts as silent
     * @throws BindException if no port of {@code ports} is free
     * @throws IOException if this machine cannot serve
     */
    static WallServer start(
            PortRange ports, Board board, FrameLookup frames, Duration silence, Clock clock)
            throws IOException {
        PageHandler page = new PageHandler();
        HttpServer server = bind(ports);
        StreamHandler stream = new StreamHandler(board, new SnapshotJson(silence), clock);
        add(server, "/", page);
        add(server, "/stream", stream);
        add(server, FrameHandler.PATH, new FrameHandler(board, frames));
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        THREADS,
                        task -> {
                            Thread thread = new Thread(task, "wall-http");
                            thread.setDaemon(true);
                            return thread;
                        });
        server.setExecutor(threads);
        server.start();
        return new WallServer(server, threads, stream);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Call when the board is in its last phase, of which readers are told before the end. */
    @Override
    public void close() {
        try {
            stream.awaitEnd(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpServer bind(PortRange ports) throws IOException {
        InetAddress address = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        for (int port = ports.first(); port < ports.last(); port++) {
            try {
                return HttpServer.create(new InetSocketAddress(address, port), 0);
            } catch (BindException e) {
                LOG.debug("Port {} is not free", port, e);
            }
        }
        return HttpServer.create(new InetSocketAddress(address, ports.last()), 0);
    }

    private static void add(HttpServer server, String path, HttpHandler handler) {
        HttpHandler closing =
                exchange -> {
                    try (exchange) {
                        handler.handle(exchange);
                    }
                };
        server.createContext(path, closing).getFilters().add(new Guard());
    }
}

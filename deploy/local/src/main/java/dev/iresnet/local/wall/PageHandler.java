package dev.iresnet.local.wall;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page's own files, which come along as resources. */
final class PageHandler implements HttpHandler {

    private final Map<String, HttpHandler> files;

    /**
     * @throws IOException if one is missing: the product is incomplete
     */
    PageHandler() throws IOException {
        files =
                Map.of(
                        "/", file("wall.html", "text/html; charset=utf-8"),
                        "/wall.css", file("wall.css", "text/css; charset=utf-8"),
                        "/wall.js", file("wall.js", "text/javascript; charset=utf-8"),
                        "/wall.svg", file("wall.svg", "image/svg+xml"));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        HttpHandler file = files.get(exchange.getRequestURI().getPath());
        if (file == null) {
            Replies.text(exchange, 404, "There is no such page.");
        } else {
            file.handle(exchange);
        }
    }

    private static HttpHandler file(String name, String mediaType) throws IOException {
        try (@Nullable InputStream in = PageHandler.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " of the camera wall");
            }
            byte[] bytes = in.readAllBytes();
            return exchange -> Replies.send(exchange, 200, mediaType, bytes);
        }
    }
}

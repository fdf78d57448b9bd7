package dev.iresnet.local.wall;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.iresnet.image.BrowserImage;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pictures: {@code /frames/CAMERA?event=EVENT}, the camera by its number on the wall. */
final class FrameHandler implements HttpHandler {

    static final String PATH = "/frames/";

    private static final Pattern CAMERA = Pattern.compile(PATH + "(\\d{1,9})");
    private static final String EVENT = "event=";

    private final Board board;
    private final FrameLookup frames;

    FrameHandler(Board board, FrameLookup frames) {
        this.board = board;
        this.frames = frames;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Matcher camera = CAMERA.matcher(exchange.getRequestURI().getPath());
        Optional<String> event = event(exchange.getRequestURI().getRawQuery());
        if (!camera.matches() || event.isEmpty()) {
            Replies.text(exchange, 400, "/frames/CAMERA?event=EVENT is what can be asked for.");
            return;
        }
        Answer.Result result =
                board.result(Integer.parseInt(camera.group(1)), event.get()).orElse(null);
        if (result == null) {
            Replies.text(exchange, 410, "newer frames have come");
            return;
        }
        try {
            BrowserImage image = frames.find(result);
            Replies.send(exchange, 200, image.mediaType(), image.bytes());
        } catch (NoPictureException e) {
            Replies.text(exchange, 404, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> event(@Nullable String query) {
        if (query == null || !query.startsWith(EVENT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(query.substring(EVENT.length()), UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

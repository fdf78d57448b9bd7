package dev.iresnet.local.wall;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands before each answer. Only who asks for this machine by its own name is let in: a page from
 * elsewhere whose name was made to lead here (DNS rebinding) would ask by that name. And browsers
 * are told to run, load and embed nothing but what comes from here.
 */
final class Guard extends Filter {

    private static final Pattern THIS_MACHINE =
            Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        // Pictures come by the thousand, and none is asked for twice.
        headers.set("Cache-Control", "no-store");
        if (!isThisMachine(exchange.getRequestHeaders().getFirst("Host"))) {
            Replies.text(exchange, 403, "The wall is at localhost only; a tunnel leads to it.");
        } else if (!exchange.getRequestMethod().equals("GET")) {
            headers.set("Allow", "GET");
            Replies.text(exchange, 405, "There is nothing here but to be read (GET).");
        } else {
            chain.doFilter(exchange);
        }
    }

    @Override
    public String description() {
        return "local readers only";
    }

    private static boolean isThisMachine(@Nullable String host) {
        return host != null && THIS_MACHINE.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}

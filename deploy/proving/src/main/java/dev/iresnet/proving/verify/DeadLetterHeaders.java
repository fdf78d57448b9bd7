package dev.iresnet.proving.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The headers of a dead letter that tell where the record was and why it is here. */
final class DeadLetterHeaders {
    private static final String PREFIX = "__connect.errors.";

    /** Ours: Kafka Connect has no header for it. */
    private static final String CODE = "iresnet.error.code";

    private final Headers headers;

    DeadLetterHeaders(Headers headers) {
        this.headers = headers;
    }

    Optional<String> code() {
        return text(CODE);
    }

    /** The event id of a record that has none of its own: {@code topic-partition-offset}. */
    Optional<String> position() {
        List<String> parts =
                Stream.of("topic", "partition", "offset")
                        .flatMap(part -> text(PREFIX + part).stream())
                        .toList();
        return parts.size() == 3 ? Optional.of(String.join("-", parts)) : Optional.empty();
    }

    private Optional<String> text(String key) {
        Header header = headers.lastHeader(key);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }
}

package dev.iresnet.chaos.harness;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A report under way: figures by name, in order. Records become objects; instants are ISO-8601
 * text, durations seconds, enum constants lower case; numbers have four places, small ones four
 * digits, and what is no number is null.
 */
public final class Report {

    private static final double PLACES = 1e4;
    private static final MathContext DIGITS = new MathContext(4);

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(
                            new SimpleModule()
                                    .addSerializer(Instant.class, ToStringSerializer.instance)
                                    .addSerializer(
                                            Duration.class,
                                            of((value, out) -> out.writeNumber(seconds(value))))
                                    .addSerializer(
                                            Enum.class,
                                            of(
                                                    (value, out) ->
                                                            out.writeString(
                                                                    value.name()
                                                                            .toLowerCase(
                                                                                    Locale.ROOT))))
                                    .addSerializer(Double.class, of(Report::write))
                                    .addSerializer(double.class, of(Report::write)));

    /** Members of a verdict that a report leaves out: figures that it has of its own. */
    private static final Set<String> NOT_KEPT =
            Set.of(
                    "accuracy",
                    "throughputPerSecond",
                    "latencyMillis",
                    "visibleLatencyMillis",
                    "models",
                    "faultless");

    private final ObjectNode json = JSON.createObjectNode();

    private interface Writer<T> {
        void write(T value, JsonGenerator out) throws IOException;
    }

    /** Of a run that holds if nothing was violated. */
    public Report(List<String> violations) {
        with("holds", violations.isEmpty()).with("violations", violations);
    }

    /** The same, with what each run says of itself. */
    public Report(List<String> violations, String command, Instant began, Instant ended) {
        this(violations);
        with("command", command).with("began", began).with("ended", ended);
        with("processors", Runtime.getRuntime().availableProcessors());
    }

    /**
     * Adds a figure.
     *
     * @param value a number, text, a record, or a list or map of those
     */
    public Report with(String name, @Nullable Object value) {
        json.set(name, tree(value));
        return this;
    }

    /** Adds how the frames were accounted for. */
    public Report withFrames(JsonNode verdict) {
        ObjectNode kept = verdict.deepCopy();
        return with("frames", kept.remove(NOT_KEPT));
    }

    public ObjectNode json() {
        return json;
    }

    /** A value as a report has it. */
    public static JsonNode tree(@Nullable Object value) {
        return JSON.valueToTree(value);
    }

    /** To the millisecond. */
    public static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static void write(Double value, JsonGenerator out) throws IOException {
        if (!Double.isFinite(value)) {
            out.writeNull();
        } else if (Math.abs(value) < 1) {
            out.writeNumber(new BigDecimal(value).round(DIGITS).doubleValue());
        } else {
            out.writeNumber(Math.rint(value * PLACES) / PLACES);
        }
    }

    private static <T> JsonSerializer<T> of(Writer<T> writer) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider)
                    throws IOException {
                writer.write(value, out);
            }
        };
    }
}

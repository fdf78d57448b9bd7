package dev.iresnet.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Every schema that was ever released, oldest first, from the class path: {@code
 * history/<record>/1.avsc}, {@code 2.avsc} and so on. Data that was written with any of them can
 * still be read, and readers of any of them can read today's data; a test holds us to that.
 */
public final class SchemaHistory {
    private static final List<Schema> IMAGE_EVENT = load("ImageEvent");
    private static final List<Schema> LABELED_RESULT = load("LabeledResult");

    private SchemaHistory() {}

    public static List<Schema> imageEvent() {
        return IMAGE_EVENT;
    }

    public static List<Schema> labeledResult() {
        return LABELED_RESULT;
    }

    private static List<Schema> load(String name) {
        List<Schema> schemas = new ArrayList<>();
        for (Schema next = entry(name, 1); next != null; next = entry(name, schemas.size() + 1)) {
            schemas.add(next);
        }
        return List.copyOf(schemas);
    }

    private static @Nullable Schema entry(String name, int number) {
        String resource = "history/" + name + "/" + number + ".avsc";
        try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
            return in == null ? null : new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource + " from the class path", e);
        }
    }
}

package dev.iresnet.repository;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads models whose graph file says "good", "other size", or what is wrong with it. */
final class TextModels implements ModelRepository.Loader {
    final List<Long> loaded = new ArrayList<>();
    final List<Long> closed = new ArrayList<>();

    /** Thrown by each load, whatever the files say. */
    @Nullable Throwable shortage;

    static void write(Path model, long version, String text) throws IOException {
        Path directory = model.resolve(Long.toString(version));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("saved_model.pb"), text);
    }

    @Override
    public Model load(Path version) {
        return new TextModel(version);
    }

    private final class TextModel implements Model {
        private final long version;
        private final int side;

        TextModel(Path path) {
            String text = read(path.resolve("saved_model.pb"));
            this.version = Long.parseLong(path.getFileName().toString());
            this.side = text.equals("other size") ? 2 : 1;
            if (shortage instanceof RuntimeException e) {
                throw e;
            }
            if (shortage instanceof Error e) {
                throw e;
            }
            if (!text.equals("good") && side == 1) {
                throw new ModelException(path + " is " + text);
            }
            loaded.add(version);
        }

        @Override
        public ModelDescription description() {
            return new ModelDescription(
                    "text",
                    version,
                    "ab".repeat(32),
                    List.of("a"),
                    new Preprocessing(
                            side,
                            side,
                            Preprocessing.Resize.STRETCH,
                            side,
                            List.of(0f, 0f, 0f),
                            List.of(1f, 1f, 1f)));
        }

        @Override
        public List<Prediction> predict(List<Sample> samples) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public void close() {
            closed.add(version);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.iresnet.model.foreign;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.card.VersionWriter;
import dev.iresnet.model.running.SessionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes a version of a model out of a SavedModel that others wrote. */
public final class SavedModelImporter {
    private static final List<String> PARTS = List.of("saved_model.pb", "variables", "assets");

    private SavedModelImporter() {}

    /**
     * Writes the next version, after the SavedModel was loaded and run once.
     *
     * @param savedModel directory; its files are copied as they are
     * @param card that says by which signature it is served
     * @param model directory of versions; made if it is not there
     * @return the version, as it was read back and checked
     * @throws ModelException if the SavedModel is refused, does not run, or the version cannot be
     *     written
     */
    public static ModelDirectory write(Path savedModel, ModelCard card, Path model) {
        ServedSignature signature =
                card.signature()
                        .orElseThrow(
                                () -> new IllegalArgumentException("the card names no signature"));
        tryOut(savedModel, ForeignGraph.read(savedModel, signature, card.preprocessing()), card);
        try {
            return VersionWriter.write(model, card, aside -> copy(savedModel, aside));
        } catch (IOException e) {
            throw new ModelException("Cannot copy %s to %s: %s".formatted(savedModel, model, e), e);
        }
    }

    /** Runs it on a picture, and on two at once, as batches may have any size. */
    private static void tryOut(Path savedModel, ForeignGraph foreign, ModelCard card) {
        Preprocessing rule = card.preprocessing();
        ModelDescription description =
                new ModelDescription(
                        savedModel.toString(),
                        1,
                        "",
                        card.task(),
                        card.labels(),
                        rule,
                        card.detection(),
                        card.clip());
        Sample black = Sample.black(description);
        Sample noise = Sample.noise(description, 1).findFirst().orElseThrow();
        try (Model model =
                foreign.trial(
                        description, foreign.start(SessionConfig.rewriting(Precision.FLOAT32)))) {
            requireFinite(model.predict(List.of(black)));
            requireFinite(model.predict(List.of(black, noise)));
        } catch (RuntimeException e) {
            // a graph can be wrong in more ways than TensorFlow has kinds of exceptions for
            throw new ModelException(
                    "%s is refused: it was tried on black pictures and noise of %d x %d and failed: %s"
                            .formatted(savedModel, rule.height(), rule.width(), e.getMessage()),
                    e);
        }
    }

    /** A classifier may be undone by a picture of one colour; boxes must be somewhere. */
    private static void requireFinite(List<Prediction> predictions) {
        for (Prediction prediction : predictions) {
            if (prediction instanceof Detections && !prediction.isFinite()) {
                throw new ModelException("it gives boxes or scores that are not finite");
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String part : PARTS) {
            if (Files.exists(from.resolve(part))) {
                copyAll(from, from.resolve(part), to);
            }
        }
    }

    private static void copyAll(Path root, Path part, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(part)) {
            for (Path path : walk.toList()) {
                Path target = to.resolve(root.relativize(path).toString());
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(path, target);
                } else {
                    throw new ModelException(
                            path + " is not a plain file; a model holds nothing else");
                }
            }
        }
    }
}

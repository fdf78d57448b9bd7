package dev.iresnet.cli.option;

import dev.iresnet.model.DetectionChoice;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which boxes a detector tells, where the user wants others than its {@code model.json} says. */
public final class DetectionOptions {
    @Option(
            names = "--min-score",
            paramLabel = "P",
            description =
                    "Of a detector: leave out boxes of this score or less. Default: by model.json.")
    private @Nullable Float minScore;

    @Option(
            names = "--iou",
            paramLabel = "P",
            description =
                    "Of two boxes of a class that overlap by this share of their union or more,"
                            + " keep the better. Default: by model.json.")
    private @Nullable Float iou;

    @Option(
            names = "--max-boxes",
            paramLabel = "N",
            description = "Most boxes of a picture. Default: by model.json.")
    private @Nullable Integer maxBoxes;

    /**
     * The model with these options.
     *
     * @throws ParameterException if it is no detector but options were given, or they are out of
     *     range
     */
    public ModelDirectory applied(ModelDirectory model, CommandLine command) {
        DetectionChoice choice = new DetectionChoice(minScore, iou, maxBoxes);
        if (!choice.equals(DetectionChoice.NONE) && model.card().task() != Task.DETECTION) {
            throw new ParameterException(
                    command,
                    "--min-score, --iou and --max-boxes are for detectors; %s is a model for %s"
                            .formatted(model.name(), model.card().task()));
        }
        try {
            return model.with(choice);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command, "--min-score, --iou, --max-boxes: " + e.getMessage(), e);
        }
    }
}

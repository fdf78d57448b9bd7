package dev.iresnet.cli.option;

import dev.iresnet.model.DetectionChoice;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelCard;
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
                            + " keep the better; 1 keeps all. Default: by model.json.")
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
        applied(model.card(), model.name(), command);
        return model.with(choice());
    }

    /**
     * The same of a model that is to be written.
     *
     * @param name for messages
     */
    public ModelCard applied(ModelCard card, String name, CommandLine command) {
        if (choice().equals(DetectionChoice.NONE)) {
            return card;
        }
        if (card.task() != Task.DETECTION) {
            throw new ParameterException(
                    command,
                    "--min-score, --iou and --max-boxes are for detectors; %s is a model for %s"
                            .formatted(name, card.task()));
        }
        try {
            return card.withDetection(choice().in(card.detection().orElse(DetectionRule.SSD300)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command, "--min-score, --iou, --max-boxes: " + e.getMessage(), e);
        }
    }

    private DetectionChoice choice() {
        return new DetectionChoice(minScore, iou, maxBoxes);
    }
}

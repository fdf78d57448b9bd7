package dev.iresnet.cli.importing;

import dev.iresnet.cli.option.DetectionOptions;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.WeightType;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SavedWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How weights are to be stored, of a checkpoint's network or of a model that is there already. */
final class WeightTypeOption {
    private static final String NAME = "--weight-type";

    /** What of a model that is there can be changed, too. */
    private static final Set<String> BESIDE =
            Set.of(NAME, "--output", "--json", "--min-score", "--iou", "--max-boxes");

    @Option(
            names = NAME,
            paramLabel = "float32|int8",
            description = {
                "How weights are stored: 'int8' takes a byte each, with a scale for each filter, a"
                        + " quarter of the size; they are computed with in float32 all the same."
                        + " DIR may then be a model that this command or 'iresnet train' wrote;"
                        + " 'iresnet evaluate' tells what its small copy loses.",
                "Default: float32."
            })
    private @Nullable WeightType type;

    boolean given() {
        return type != null;
    }

    ModelCard applied(ModelCard card) {
        return type == null ? card : card.with(type);
    }

    /**
     * Writes a model that is there once more, as the next version of another.
     *
     * @throws ParameterException if options are given that have no place
     */
    ModelDirectory copy(Path from, Path output, DetectionOptions boxes, CommandLine command) {
        List<String> others =
                command.getParseResult().matchedOptions().stream()
                        .map(option -> option.longestName())
                        .filter(name -> !BESIDE.contains(name))
                        .toList();
        if (!others.isEmpty()) {
            throw new ParameterException(
                    command,
                    "%s of a model that is there changes nothing else: leave out %s"
                            .formatted(NAME, String.join(", ", others)));
        }
        ModelDirectory model = ModelDirectory.open(from);
        if (model.card().network().isEmpty()) {
            throw new ModelException(
                    "%s holds a SavedModel of another program: %s is for networks of 'iresnet networks'"
                            .formatted(model.path(), NAME));
        }
        ModelCard card = boxes.applied(applied(model.card()), model.name(), command);
        try (SavedWeights weights = SavedWeights.open(model)) {
            return ModelExporter.export(card, weights, output);
        }
    }
}

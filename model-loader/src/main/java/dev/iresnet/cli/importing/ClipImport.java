package dev.iresnet.cli.importing;

import dev.iresnet.cli.option.ClipOptions;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.export.InflatedWeights;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.weights.Recognition;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.ClipNetworks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What import has to be told of networks for clips. */
final class ClipImport {
    @Mixin private ClipOptions options = new ClipOptions();

    @Option(
            names = "--inflate",
            paramLabel = "T",
            description =
                    "Make a network for clips of T frames of a checkpoint for pictures: each kernel"
                            + " is repeated along the frames and divided by their number.")
    private @Nullable Integer inflate;

    /**
     * What the checkpoint is taken for.
     *
     * @throws IllegalArgumentException if the options do not fit it
     */
    Recognition applied(Recognition found) {
        if (inflate != null && options.frames() != null) {
            throw new IllegalArgumentException(
                    "--inflate says how many frames: leave out --frames");
        }
        return new Recognition(
                applied(found.network()),
                found.alternatives().stream().map(this::applied).toList(),
                found.grey());
    }

    private Architecture applied(Architecture found) {
        return options.applied(inflate == null ? found : ClipNetworks.inflated(found));
    }

    /** The checkpoint's weights for the network that {@link #applied} gave. */
    WeightSource weights(Architecture network, WeightSource read) {
        return inflate == null ? read : new InflatedWeights(network, read);
    }

    ModelCard applied(ModelCard card) {
        return inflate == null ? options.applied(card) : options.applied(card, inflate);
    }
}

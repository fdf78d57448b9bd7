package dev.iresnet.cli.importing;

import dev.iresnet.model.ClipRule;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Temporal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of a network for clips neither its name nor its weights tell. */
final class ClipOptions {
    @Option(
            names = "--frames",
            paramLabel = "T",
            description = "Of a network for clips: frames of a clip. Default: 16; 8 of slow_r50.")
    private @Nullable Integer frames;

    @Option(
            names = "--temporal-strides",
            split = ",",
            paramLabel = "N,...",
            hideParamSyntax = true,
            description =
                    "Of a network for clips: the stride along the frames of each stage; the first"
                            + " is that of the stem's pool where there is one. Default: 2,2,2,2;"
                            + " 1,2,2,2 of r3d_18, 1,1,1,1 of mc3_18 and slow_r50.")
    private List<Integer> strides = List.of();

    /**
     * The network with these strides.
     *
     * @throws IllegalArgumentException if it takes pictures but options were given, or if they are
     *     too few or too many
     */
    Architecture applied(Architecture network) {
        if (!network.takesClips() && (frames != null || !strides.isEmpty())) {
            throw new IllegalArgumentException(
                    "--frames and --temporal-strides are for networks for clips; %s takes pictures"
                            .formatted(network.name()));
        }
        return strides.isEmpty() ? network : network.withTemporalStrides(strides);
    }

    /** The card with these frames. */
    ModelCard applied(ModelCard card) {
        return applied(card, frames);
    }

    /**
     * The same.
     *
     * @param said frames of a clip, where the user said so
     * @throws IllegalArgumentException if they are out of range
     */
    ModelCard applied(ModelCard card, @Nullable Integer said) {
        return card.network()
                .flatMap(network -> network.architecture().backbone().temporal())
                .map(temporal -> said != null ? said : usual(temporal))
                .map(count -> card.withClip(new ClipRule(count)))
                .orElse(card);
    }

    /** Pytorchvideo's take every eighth frame instead. */
    private static int usual(Temporal temporal) {
        return temporal.stem() == 1 ? 8 : ClipRule.USUAL.frames();
    }

    @Nullable Integer frames() {
        return frames;
    }
}

package dev.iresnet.cli.option;

import dev.iresnet.model.ClipRule;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.Network;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.ClipNetworks;
import dev.iresnet.zoo.Stem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of a network for clips neither its name nor its weights tell. */
public final class ClipOptions {
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

    @Option(
            names = "--frame-step",
            paramLabel = "N",
            description = "From a clip's frame to its next. Default: 1; 8 of slow_r50.")
    private @Nullable Integer step;

    @Option(
            names = "--clips",
            paramLabel = "N",
            description =
                    "Clips of a video, spread over it, whose scores are averaged; 0 for one behind"
                            + " the other. Default: 0; 5 of r3d_18 and mc3_18, 10 of slow_r50.")
    private @Nullable Integer clips;

    @Option(
            names = "--frame-rate",
            paramLabel = "R",
            description =
                    "Frames a second to which a video is brought first; 0 for its own. Default: 0;"
                            + " 15 of r3d_18 and mc3_18, 30 of slow_r50.")
    private @Nullable Float rate;

    /**
     * The network with these strides.
     *
     * @throws IllegalArgumentException if it takes pictures but options were given, or if they are
     *     too few or too many
     */
    public Architecture applied(Architecture network) {
        boolean given =
                frames != null
                        || !strides.isEmpty()
                        || step != null
                        || clips != null
                        || rate != null;
        if (!network.takesClips() && given) {
            throw new IllegalArgumentException(
                    "--frames, --temporal-strides, --frame-step, --clips and --frame-rate are for networks for clips; %s takes pictures"
                            .formatted(network.name()));
        }
        return strides.isEmpty() ? network : network.withTemporalStrides(strides);
    }

    /** The card with these clips. */
    public ModelCard applied(ModelCard card) {
        return applied(card, frames);
    }

    /**
     * The same.
     *
     * @param said frames of a clip, where the user said so
     * @throws IllegalArgumentException if they are out of range
     */
    public ModelCard applied(ModelCard card, @Nullable Integer said) {
        return card.network()
                .map(Network::architecture)
                .filter(Architecture::takesClips)
                .map(network -> card.withClip(rule(usual(network), said)))
                .orElse(card);
    }

    /**
     * The clips of a network; empty if it takes pictures.
     *
     * @param own of the model that it comes from; stay but for what the user says
     */
    public Optional<ClipRule> rule(Architecture network, Optional<ClipRule> own) {
        return network.takesClips()
                ? Optional.of(rule(own.orElse(usual(network)), frames))
                : Optional.empty();
    }

    private ClipRule rule(ClipRule usual, @Nullable Integer said) {
        return new ClipRule(
                said != null ? said : usual.frames(),
                step != null ? step : usual.step(),
                clips != null ? Optional.of(clips).filter(count -> count != 0) : usual.clips(),
                rate != null
                        ? Optional.of(rate).filter(count -> count != 0)
                        : usual.framesPerSecond());
    }

    /** As the authors of the weights evaluate them. */
    private static ClipRule usual(Architecture network) {
        if (ClipNetworks.isSlow(network)) {
            return new ClipRule(8, 8, Optional.of(10), Optional.of(30f));
        }
        return network.backbone().stem().form() == Stem.Form.UNPOOLED
                ? new ClipRule(16, 1, Optional.of(5), Optional.of(15f))
                : ClipRule.USUAL;
    }

    /** Frames of a clip, where the user said so. */
    public @Nullable Integer frames() {
        return frames;
    }
}

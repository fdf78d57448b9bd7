package dev.iresnet.cli.importing;

import dev.iresnet.model.card.BoxFormat;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.foreign.SignatureSearch;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for what a SavedModel may not say of itself. */
final class SavedModelOptions {
    @Option(
            names = "--signature",
            paramLabel = "NAME",
            description = {
                "Of a SavedModel: the signature to serve.",
                "Default: serving_default, or the only one."
            })
    private @Nullable String signature;

    @Option(
            names = "--input-range",
            paramLabel = "RANGE",
            converter = InputRange.Converter.class,
            description =
                    "Of a SavedModel that takes float32: what it expects for pixels 0..255, which"
                            + " is 0..1, 0..255, -1..1, or normalized by --mean and --std. Not needed"
                            + " where these or --preprocessing keras-caffe say it.")
    private @Nullable InputRange inputRange;

    @Option(
            names = "--output-kind",
            paramLabel = "logits|probabilities",
            description =
                    "Of a SavedModel: what its scores are. Default: told by their last operation.")
    private ServedSignature.@Nullable Kind outputKind;

    @Option(
            names = "--box-format",
            paramLabel = "FORMAT",
            description = {
                "Of a SavedModel that detects: what the four numbers of a box are, by KerasHub's"
                        + " names: xyxy, yxyx, xywh, center_xywh in pixels of its input, or with rel_"
                        + " before in 0..1 of it.",
                "Default: rel_yxyx for an output detection_boxes."
            })
    private @Nullable BoxFormat boxFormat;

    @Option(
            names = "--first-class",
            paramLabel = "N",
            description = {
                "Of a SavedModel that detects: its number of the first label; lower ones are the"
                        + " background.",
                "Default: 1 with a label map; 0 where it has a score of each class for each box."
            })
    private @Nullable Integer firstClass;

    /**
     * What the user says of the signature.
     *
     * @param firstId of a label map
     */
    SignatureSearch.Known known(OptionalInt firstId) {
        return new SignatureSearch.Known(
                Optional.ofNullable(signature),
                Optional.ofNullable(outputKind),
                Optional.ofNullable(boxFormat),
                firstClass == null ? firstId : OptionalInt.of(firstClass));
    }

    boolean areOfDetectors() {
        return boxFormat != null || firstClass != null;
    }

    Optional<InputRange> inputRange() {
        return Optional.ofNullable(inputRange);
    }

    boolean areGiven() {
        return signature != null || inputRange != null || outputKind != null || areOfDetectors();
    }
}

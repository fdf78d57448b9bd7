package dev.iresnet.cli.importing;

import dev.iresnet.model.card.ServedSignature;
import java.util.Optional;
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
                    "Of a SavedModel: what its output is. Default: told by its last operation.")
    private ServedSignature.@Nullable Kind outputKind;

    Optional<String> signature() {
        return Optional.ofNullable(signature);
    }

    Optional<InputRange> inputRange() {
        return Optional.ofNullable(inputRange);
    }

    Optional<ServedSignature.Kind> outputKind() {
        return Optional.ofNullable(outputKind);
    }

    boolean areGiven() {
        return signature != null || inputRange != null || outputKind != null;
    }
}

package dev.iresnet.cli.option;

import dev.iresnet.model.Precision;
import picocli.CommandLine.Option;

/** {@code --precision}. */
public final class PrecisionOption {
    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "float32",
            description = {
                "Arithmetic of the convolutions: ${COMPLETION-CANDIDATES}. Refused where this"
                        + " machine has no kernels for it.",
                "Default: ${DEFAULT-VALUE}."
            })
    private Precision value = Precision.FLOAT32;

    public Precision value() {
        return value;
    }
}

package dev.iresnet.cli.option;

import dev.iresnet.model.ModelException;
import dev.iresnet.tensorflow.DeviceException;
import dev.iresnet.training.TrainingException;
import dev.iresnet.weights.CheckpointException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Exit codes of all commands, as {@code iresnet --help} documents them. */
public final class ExitCode {
    public static final int DONE = 0;

    /** Some of the input failed or was refused; the rest is done. */
    static final int INPUT = 1;

    /** Wrong usage, or no model to work with; nothing is done. As picocli's own for usage. */
    public static final int USAGE = 2;

    /** Not the user's fault; {@code EX_SOFTWARE} of sysexits.h. */
    public static final int FAULT = 70;

    private ExitCode() {}

    public static int of(Throwable failure) {
        if (failure instanceof ModelException || failure instanceof DeviceException) {
            return USAGE;
        }
        boolean input =
                failure instanceof CheckpointException
                        || failure instanceof TrainingException
                        || failure instanceof IOException
                        || failure instanceof UncheckedIOException;
        return input ? INPUT : FAULT;
    }
}

package dev.iresnet.cli.option;

import dev.iresnet.cli.Iresnet;
import dev.iresnet.model.ModelException;
import dev.iresnet.tensorflow.DeviceException;
import dev.iresnet.weights.CheckpointException;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The one rule by which all commands end; the help of {@link Iresnet} tells it to users. */
public final class ExitCode {
    public static final int DONE = 0;

    /** Something that was to be read or written is at fault; what else there was is done. */
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
                        || failure instanceof IOException
                        || failure instanceof UncheckedIOException;
        return input ? INPUT : FAULT;
    }
}

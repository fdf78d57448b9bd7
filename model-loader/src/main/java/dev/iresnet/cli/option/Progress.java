package dev.iresnet.cli.option;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Reports the progress of long work on standard error; work that is done within some seconds passes
 * in silence. Not thread-safe.
 */
public final class Progress {
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintWriter err;
    private final String what;
    private final long total;
    private final LongSupplier nanoClock;
    private long told;
    private long done;

    /**
     * Starts now.
     *
     * @param what is counted, for example {@code pictures}
     * @param total of it, above 0
     */
    public Progress(PrintWriter err, String what, long total, LongSupplier nanoClock) {
        this.err = err;
        this.what = what;
        this.total = total;
        this.nanoClock = nanoClock;
        this.told = nanoClock.getAsLong();
    }

    /** Counts {@code more} as done. */
    public void advance(long more) {
        done += more;
        long now = nanoClock.getAsLong();
        if (now - told >= PERIOD_NANOS && done < total) {
            told = now;
            err.printf(
                    Locale.ROOT,
                    "iresnet: %,d of %,d %s (%d%%)%n",
                    done,
                    total,
                    what,
                    100 * done / total);
            err.flush();
        }
    }
}

package dev.iresnet.cli.training;

import dev.iresnet.training.Trainer;
import dev.iresnet.training.TrainingPlan;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells on standard error how training goes, and how long it will take. Not thread-safe. */
final class TrainProgress implements Trainer.Listener {
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintWriter err;
    private final long steps;
    private final String noun;
    private final LongSupplier nanoClock;
    private long firstStep = -1;
    private long began;
    private long told;

    TrainProgress(PrintWriter err, TrainingPlan plan, LongSupplier nanoClock) {
        this.err = err;
        this.steps = plan.pace().steps();
        this.noun = plan.noun();
        this.nanoClock = nanoClock;
    }

    @Override
    public void stepped(Trainer.Step step) {
        long now = nanoClock.getAsLong();
        if (firstStep < 0) {
            // the first step takes longer than all others and is left out of the estimate
            firstStep = step.number();
            began = now;
            told = now;
            return;
        }
        if (now - told < PERIOD_NANOS) {
            return;
        }
        told = now;
        double seconds = (now - began) / 1e9 / (step.number() - firstStep);
        err.printf(
                Locale.ROOT,
                "iresnet: step %,d of %,d, loss %.3f, %.0f %s/s, %s left%n",
                step.number() + 1,
                steps,
                step.loss(),
                step.imagesPerSecond(),
                noun,
                duration(Math.round(seconds * (steps - step.number() - 1))));
        err.flush();
    }

    @Override
    public void measured(long epoch, Trainer.Measurement measurement) {
        err.printf(
                Locale.ROOT,
                "iresnet: epoch %d: %s %.2f%% on %,d validation %s, loss %.3f%n",
                epoch + 1,
                measurement.meaning().title(),
                100 * measurement.score(),
                measurement.pictures(),
                noun,
                measurement.loss());
        err.flush();
    }

    private static String duration(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}

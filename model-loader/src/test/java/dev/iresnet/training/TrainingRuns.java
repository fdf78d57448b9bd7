package dev.iresnet.training;

import java.io.IOException;

/** Runs of a training that tests end after some steps. */
public final class TrainingRuns {
    private TrainingRuns() {}

    /**
     * Runs a training, and breaks it off after so many steps of this run.
     *
     * @param anew false to go on from where it was broken off
     */
    public static Training.Result run(Training training, boolean anew, int steps)
            throws IOException {
        int[] made = {0};
        return training.run(
                !anew,
                () -> made[0] >= steps,
                new Trainer.Listener() {
                    @Override
                    public void stepped(Trainer.Step step) {
                        made[0]++;
                    }

                    @Override
                    public void measured(long epoch, Trainer.Measurement measurement) {}
                });
    }
}

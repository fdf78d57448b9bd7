package dev.iresnet.training;

import dev.iresnet.model.export.WeightSource;
import dev.iresnet.training.Trainer.Listener;
import dev.iresnet.training.Trainer.Measurement;
import dev.iresnet.training.Trainer.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/** Trains as a plan says, keeps where it stands, and gives the weights. */
public final class Training {
    private final TrainingPlan plan;
    private final LearningPictures.Prepared pictures;
    private final WeightSource first;
    private final TrainingState state;
    private final Path directory;
    private final Path log;

    /**
     * Does nothing yet.
     *
     * @param first weights to begin from
     * @param facts all that decides what comes out; training goes on only where they are equal
     * @param directory where training stands is kept there
     * @param log file of JSON lines
     */
    public Training(
            TrainingPlan plan,
            LearningPictures.Prepared pictures,
            WeightSource first,
            Map<String, String> facts,
            Path directory,
            Path log) {
        this.plan = plan;
        this.pictures = pictures;
        this.first = first;
        this.directory = directory;
        this.state = new TrainingState(directory, facts);
        this.log = log;
    }

    /**
     * What came out.
     *
     * @param finished whether all was done; else training can be resumed
     * @param score of the weights that did best on the validation pictures
     * @param lastScore of the last weights
     */
    public record Result(boolean finished, OptionalDouble score, OptionalDouble lastScore) {}

    /** Whether there is training that was begun here before. */
    public boolean canResume() {
        return state.exists();
    }

    /**
     * Trains.
     *
     * @param resumed whether to go on from where earlier training stopped
     * @param stopped asked now and then
     * @throws TrainingException if it cannot begin or go on
     */
    public Result run(boolean resumed, BooleanSupplier stopped, Listener listener)
            throws IOException {
        return run(pictures.learner(plan), resumed, stopped, listener);
    }

    private <B extends Learner.Batch> Result run(
            Learner<B> learner, boolean resumed, BooleanSupplier stopped, Listener listener)
            throws IOException {
        try (learner;
                Trainer<B> trainer = new Trainer<>(learner, plan, state, first, resumed);
                TrainingLog lines = TrainingLog.open(log, trainer.position());
                EventFile events = EventFile.create(directory, System.currentTimeMillis())) {
            boolean finished = trainer.run(stopped, new Recorder(lines, events, listener));
            return new Result(
                    finished, score(trainer.position().best()), score(trainer.position().last()));
        }
    }

    private static OptionalDouble score(double share) {
        return share < 0 ? OptionalDouble.empty() : OptionalDouble.of(share);
    }

    /** The weights that did best, or the last if none were measured. */
    public WeightSource best() {
        return weights(Files.exists(state.best()) ? state.best() : state.last());
    }

    public WeightSource last() {
        return weights(state.last());
    }

    /** What a file does not have was not trained. */
    private WeightSource weights(Path file) {
        Map<String, float[]> values = WeightFile.read(file);
        return key -> {
            float[] trained = values.get(key);
            return trained != null ? trained : first.read(key);
        };
    }

    /** Writes log and events, and hands on. */
    private static final class Recorder implements Listener {
        private final TrainingLog log;
        private final EventFile events;
        private final Listener next;
        private long step;

        Recorder(TrainingLog log, EventFile events, Listener next) {
            this.log = log;
            this.events = events;
            this.next = next;
        }

        @Override
        public void stepped(Step step) throws IOException {
            log.step(step);
            this.step = step.number();
            events.write(
                    step.number(),
                    System.currentTimeMillis(),
                    Map.of(
                            "loss", (double) step.loss(),
                            "accuracy", (double) step.accuracy(),
                            "learningRate", (double) step.learningRate(),
                            "gradientNorm", (double) step.gradientNorm(),
                            "imagesPerSecond", step.imagesPerSecond()));
            next.stepped(step);
        }

        @Override
        public void measured(long epoch, Measurement measurement) throws IOException {
            log.measured(epoch, measurement);
            events.write(
                    step,
                    System.currentTimeMillis(),
                    Map.of(
                            "validationLoss",
                            measurement.loss(),
                            measurement.meaning().logged(),
                            measurement.score()));
            next.measured(epoch, measurement);
        }
    }
}

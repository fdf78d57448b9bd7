package dev.iresnet.benchmark.experiment;

import dev.iresnet.benchmark.job.StandIn;
import dev.iresnet.benchmark.job.Standing;
import dev.iresnet.benchmark.piece.ModelMaker;
import dev.iresnet.benchmark.piece.ModelWorker;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.benchmark.worker.Workers;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.model.Precision;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What all experiments work with.
 *
 * @param screen for progress
 */
public record Bench(Conditions conditions, Workers workers, Files files, PrintStream screen) {

    /**
     * What lies on disk.
     *
     * @param pictures directory of camera frames
     * @param models where models are kept from run to run
     * @param version of any model, for jobs that do not load it
     */
    public record Files(Path pictures, Path models, Path version) {

        /**
         * By the system property {@code iresnet.bench}, this module's directory.
         *
         * @throws IllegalStateException if it is not set
         */
        public static Files find() {
            String value = System.getProperty("iresnet.bench");
            if (value == null) {
                throw new IllegalStateException(
                        "the system property iresnet.bench is not set; start"
                                + " deploy/proving/bin/bench");
            }
            Path module = Path.of(value).toAbsolutePath().normalize();
            return new Files(
                    module.resolve("pictures"),
                    module.resolve("target/models"),
                    module.resolve("../../local/demo/models/cifar10-iresnet20/1").normalize());
        }
    }

    /** The network of all figures but the detector's, and its batch. */
    static final String NETWORK = "iresnet50";

    static final int BATCH = 32;

    /** Batches on the device at once, the product's default. */
    static final int AT_ONCE = 2;

    RunDirectory directory() {
        return workers.directory();
    }

    /** {@value #NETWORK} with random weights, made if it is not there yet. */
    ModelMaker.Made model() throws IOException {
        return model(NETWORK);
    }

    /** Another network, likewise. */
    ModelMaker.Made model(String network) throws IOException {
        ModelMaker.Task task =
                new ModelMaker.Task(network, files.models().resolve(network).toString());
        try (WorkerProcess maker = start("model-maker", ModelMaker.class, "1g", task)) {
            return maker.ask(task, ModelMaker.Made.class);
        }
    }

    /** A worker, started and open. */
    WorkerProcess start(String name, Class<? extends Worker<?>> worker, String heap, Object task)
            throws IOException {
        return workers.start(name, worker, heap, task);
    }

    /** The model alone. */
    WorkerProcess startModel(ModelMaker.Made made, Precision precision) throws IOException {
        return start(
                "model",
                ModelWorker.class,
                "1g",
                new ModelWorker.Task(made.path(), precision, BATCH, AT_ONCE));
    }

    /** A job that stands ready, with the camera frames as its feed's pictures. */
    Standing open(Path version, int parallelism, StandIn stand, List<String> options)
            throws IOException {
        return Standing.open(
                workers, new Standing.Plan(version, parallelism, stand, options), pictures());
    }

    /** That a round of each side takes, about. */
    double seconds() {
        return conditions.seconds();
    }

    int rounds() {
        return conditions.rounds();
    }

    /** As many rounds as the conditions say. */
    Interleaved compare(String what, Interleaved.Measure one, Interleaved.Measure other)
            throws IOException {
        Interleaved sides = Interleaved.run(conditions.rounds(), one, other);
        say(
                "%s: %.4g against %.4g, ratio %.3f ± %.3f",
                what,
                sides.first().median(),
                sides.second().median(),
                sides.ratio().median(),
                sides.ratio().spread());
        return sides;
    }

    Path pictures() {
        return files.pictures();
    }

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    void say(String format, Object... values) {
        screen.printf(Locale.ROOT, "  " + format + "%n", values);
    }
}

package dev.iresnet.chaos.trouble;

import dev.iresnet.job.ModelSource;
import dev.iresnet.job.SavedModelSource;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A model whose device misbehaves as long as it is told to. */
final class TroubledModel implements Model {
    private static final long SLOW_MILLIS = 250;
    private static final long SHORT_OF_MEMORY_MILLIS = 50;

    private final Model model;
    private final Switch trouble;

    TroubledModel(Model model, Switch trouble) {
        this.model = model;
        this.trouble = trouble;
    }

    @Override
    public ModelDescription description() {
        return model.description();
    }

    @Override
    public List<Prediction> predict(List<Sample> samples) {
        long begun = System.nanoTime();
        Optional<DeviceTrouble> order = trouble.order().map(DeviceTrouble::valueOf);
        order.ifPresent(kind -> meet(kind, samples.size()));
        List<Prediction> predictions = model.predict(samples);
        if (order.equals(Optional.of(DeviceTrouble.STEADY))) {
            long taken = System.nanoTime() - begun;
            sleep(DeviceTrouble.STEADY_TIME.minusNanos(taken).toMillis());
        }
        return predictions;
    }

    @Override
    public void close() {
        model.close();
    }

    private void meet(DeviceTrouble kind, int frames) {
        switch (kind) {
            case SLOW -> {
                obey(kind, frames);
                sleep(SLOW_MILLIS);
            }
            case STEADY -> obey(kind, frames);
            case FAILS -> {
                obey(kind, frames);
                throw new ModelException("The device is gone, as the run's order says");
            }
            case OUT_OF_MEMORY -> {
                sleep(SHORT_OF_MEMORY_MILLIS);
                if (frames > 1) {
                    obey(kind, frames);
                    throw new DeviceMemoryException(
                            "No memory for %d frames, as the run's order says".formatted(frames),
                            new IllegalStateException("ordered"));
                }
            }
        }
    }

    private void obey(DeviceTrouble kind, int frames) {
        trouble.obeyed("%s at a batch of %d frames".formatted(kind, frames));
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The job's own model, on a device that takes orders.
     *
     * @param directory of the orders
     */
    record Source(String directory) implements ModelSource {

        @Override
        public Model load(Path path, LoadOptions options) {
            return new TroubledModel(
                    new SavedModelSource().load(path, options),
                    new Switch(Path.of(directory), DeviceTrouble.SWITCH));
        }
    }
}

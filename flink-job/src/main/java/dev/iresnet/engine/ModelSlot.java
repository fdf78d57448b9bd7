package dev.iresnet.engine;

import dev.iresnet.engine.watch.UnusableDevice;
import dev.iresnet.model.Detections;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of the model that labels now. Between two batches it may be given to another; a batch
 * keeps the model that it began with, and a model that has been replaced is closed when its last
 * batch is done and its successor has proven itself: until then both stay in memory, and a
 * successor that fails gives the place back. Thread-safe.
 */
final class ModelSlot {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSlot.class);

    /** After so many batches a failure is taken for the device's, not for the model's. */
    static final int BATCHES_TO_PROVE = 256;

    private final UnaryOperator<Model> watching;
    private ModelHandle current;

    /**
     * The previous model, which serves again if the current one fails; null once that is proven.
     */
    private @Nullable ModelHandle proven;

    private @Nullable Failure failure;
    private long swaps;
    private boolean closed;

    /** A model, and how many batches are using it. Guarded by the slot. */
    private static final class ModelHandle {
        final Model model;
        int uses;
        int batches;
        boolean failed;
        boolean retired;

        ModelHandle(Model model) {
            this.model = model;
        }
    }

    /** A version that has given its place back, and why. */
    record Failure(ModelDescription version, RuntimeException reason) {}

    /**
     * Takes the first model.
     *
     * @param watching lets the watchdog see a model's batches
     */
    ModelSlot(Model first, UnaryOperator<Model> watching) {
        this.watching = watching;
        this.current = handle(first);
    }

    /** The model for a batch, until the lease is closed. */
    synchronized Lease lease() {
        current.uses++;
        return new Lease(current);
    }

    synchronized ModelDescription description() {
        return current.model.description();
    }

    /** The last version that has given its place back, told once. */
    synchronized Optional<Failure> takeFailure() {
        Optional<Failure> taken = Optional.ofNullable(failure);
        failure = null;
        return taken;
    }

    /** Models that have been replaced, those that gave the place back among them. */
    synchronized long swaps() {
        return swaps;
    }

    /**
     * Gives the place to another model, which from now on is the slot's to close.
     *
     * @throws ModelException if it wants other crops than those that are already made, or if the
     *     slot is closed; the model is still the caller's then
     */
    void swap(Model next) {
        ModelHandle old;
        synchronized (this) {
            if (closed) {
                throw new ModelException("The engine has been closed");
            }
            ModelSupply.mustFitInPlaceOf(current.model.description(), next.description());
            old = current;
            if (proven == null) {
                proven = old;
            }
            current = handle(next);
            swaps++;
        }
        LOG.info(
                "{} version {} labels from now on, in place of version {}",
                next.description().name(),
                next.description().version(),
                old.model.description().version());
        closeIfFree(old);
    }

    /** Closes the model; only when no batch uses it any more. */
    synchronized void close() {
        closed = true;
        if (proven != null) {
            proven.model.close();
        }
        current.model.close();
    }

    /** A model has done a batch; if it has done enough, the one before it goes. */
    private void succeeded(ModelHandle by) {
        ModelHandle before;
        synchronized (this) {
            before = proven;
            if (by != current || before == null || ++by.batches < BATCHES_TO_PROVE) {
                return;
            }
            proven = null;
        }
        closeIfFree(before);
    }

    /**
     * Who works on after a failure.
     *
     * @return null if there is none: the model had proven itself, or has been replaced
     */
    private synchronized @Nullable ModelHandle inPlaceOf(
            ModelHandle failing, RuntimeException reason) {
        if (failing == current && proven != null) {
            failing.failed = true;
            failure = new Failure(failing.model.description(), reason);
            current = proven;
            proven = null;
            swaps++;
            LOG.error(
                    "{} version {} failed while it labelled; version {} labels again",
                    failing.model.description().name(),
                    failing.model.description().version(),
                    current.model.description().version(),
                    reason);
        }
        return failing.failed ? current : null;
    }

    /** Refuses what is not as the model's description promises. */
    private static void check(ModelDescription model, List<Prediction> predictions, int samples) {
        if (predictions.size() != samples) {
            throw new ModelException(
                    "Model %s version %d gave %d predictions for %d frames"
                            .formatted(model.name(), model.version(), predictions.size(), samples));
        }
        int labels = model.labels().size();
        boolean detects = model.task() == Task.DETECTION;
        for (Prediction prediction : predictions) {
            if (prediction instanceof Detections detections) {
                require(
                        detects && detections.classes() <= labels,
                        model,
                        "boxes",
                        detections.classes());
            } else {
                int classes = prediction.scores().classes();
                require(!detects && classes == labels, model, "scores", classes);
            }
        }
    }

    private static void require(boolean right, ModelDescription model, String what, int classes) {
        if (!right) {
            throw new ModelException(
                    "Model %s version %d is for %s with %d labels, and gave %s of %d classes"
                            .formatted(
                                    model.name(),
                                    model.version(),
                                    model.task(),
                                    model.labels().size(),
                                    what,
                                    classes));
        }
    }

    private ModelHandle handle(Model model) {
        return new ModelHandle(watching.apply(model));
    }

    private void closeIfFree(ModelHandle left) {
        synchronized (this) {
            // The swap and the last batch may both be here: one of them closes.
            if (left.uses > 0 || left == current || left == proven || left.retired) {
                return;
            }
            left.retired = true;
        }
        try {
            left.model.close();
        } catch (RuntimeException e) {
            LOG.warn("Closing {} failed", left.model.description(), e);
        }
    }

    /** A batch's hold on its model. */
    final class Lease implements AutoCloseable {
        private ModelHandle used;

        private Lease(ModelHandle used) {
            this.used = used;
        }

        Model model() {
            return used.model;
        }

        /**
         * Asks the model. If that fails and has not proven itself yet, by the one before it, which
         * has the place from then on.
         *
         * @throws RuntimeException if the model fails and there is no other; a batch of several
         *     frames that does not fit the device's memory is no failure of the model
         */
        List<Prediction> predict(List<Sample> samples) {
            while (true) {
                try {
                    List<Prediction> predictions = used.model.predict(samples);
                    check(used.model.description(), predictions, samples.size());
                    succeeded(used);
                    return predictions;
                } catch (RuntimeException e) {
                    boolean tooLarge = e instanceof DeviceMemoryException && samples.size() > 1;
                    // After an unusable device no model would work.
                    if (tooLarge || UnusableDevice.sign(e).isPresent() || !changed(e)) {
                        throw e;
                    }
                }
            }
        }

        private boolean changed(RuntimeException reason) {
            ModelHandle failing = used;
            synchronized (ModelSlot.this) {
                ModelHandle next = inPlaceOf(failing, reason);
                if (next == null) {
                    return false;
                }
                failing.uses--;
                next.uses++;
                used = next;
            }
            closeIfFree(failing);
            return true;
        }

        @Override
        public void close() {
            synchronized (ModelSlot.this) {
                used.uses--;
            }
            closeIfFree(used);
        }
    }
}

package dev.iresnet.serving;

import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.serving.watch.UnusableDevice;
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

    /** A model that works through so many batches is not the one to blame for a failure. */
    static final int BATCHES_TO_PROVE = 256;

    private final Labeling rule;
    private final UnaryOperator<Model> watching;
    private Seat seat;

    /** Takes the place again if the model that has it fails; null once that has proven itself. */
    private @Nullable Seat proven;

    private @Nullable Failure failure;
    private long swaps;
    private boolean closed;

    /** A model, and how many batches are using it. Guarded by the slot. */
    private static final class Seat {
        final Model model;
        final Labeler labeler;
        int uses;
        int batches;
        boolean failed;
        boolean retired;

        Seat(Model model, Labeler labeler) {
            this.model = model;
            this.labeler = labeler;
        }
    }

    /** A version that has given its place back, and why. */
    record Failure(ModelDescription version, RuntimeException reason) {}

    /**
     * Takes the first model.
     *
     * @param watching puts a model under the watchdog's eyes
     */
    ModelSlot(Model first, Labeling rule, UnaryOperator<Model> watching) {
        this.rule = rule;
        this.watching = watching;
        this.seat = seat(first);
    }

    /** The model for a batch, until the use is closed. */
    synchronized Use use() {
        seat.uses++;
        return new Use(seat);
    }

    synchronized ModelDescription description() {
        return seat.model.description();
    }

    /** Writes results that no model has looked at, in the name of the one that would have. */
    synchronized Labeler labeler() {
        return seat.labeler;
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
        Seat old;
        synchronized (this) {
            if (closed) {
                throw new ModelException("The engine has been closed");
            }
            ModelSupply.mustFitInPlaceOf(seat.model.description(), next.description());
            old = seat;
            if (proven == null) {
                proven = old;
            }
            seat = seat(next);
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
        seat.model.close();
    }

    /** A model has done a batch; if it has done enough, the one before it goes. */
    private void succeeded(Seat by) {
        Seat before;
        synchronized (this) {
            before = proven;
            if (by != seat || before == null || ++by.batches < BATCHES_TO_PROVE) {
                return;
            }
            proven = null;
        }
        closeIfFree(before);
    }

    /**
     * Who works on after a failure.
     *
     * @return null if there is nobody: the model had proven itself, or has been replaced
     */
    private synchronized @Nullable Seat inPlaceOf(Seat failing, RuntimeException reason) {
        if (failing == seat && proven != null) {
            failing.failed = true;
            failure = new Failure(failing.model.description(), reason);
            seat = proven;
            proven = null;
            swaps++;
            LOG.error(
                    "{} version {} failed while it labelled; version {} labels again",
                    failing.model.description().name(),
                    failing.model.description().version(),
                    seat.model.description().version(),
                    reason);
        }
        return failing.failed ? seat : null;
    }

    private Seat seat(Model model) {
        return new Seat(watching.apply(model), new Labeler(model.description(), rule));
    }

    private void closeIfFree(Seat left) {
        synchronized (this) {
            // The swap and the last batch may both be here: one of them closes.
            if (left.uses > 0 || left == seat || left == proven || left.retired) {
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
    final class Use implements AutoCloseable {
        private Seat used;

        private Use(Seat used) {
            this.used = used;
        }

        Model model() {
            return used.model;
        }

        Labeler labeler() {
            return used.labeler;
        }

        /**
         * Classifies by the model. If that fails and has not proven itself yet, by the one before
         * it, which has the place from then on.
         *
         * @throws RuntimeException if the model fails and there is no other; a batch of several
         *     frames that does not fit the device's memory is no failure of the model
         */
        List<Prediction> classify(List<Sample> samples) {
            while (true) {
                try {
                    List<Prediction> scores = used.model.predict(samples);
                    used.labeler.check(scores, samples.size());
                    succeeded(used);
                    return scores;
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
            Seat failing = used;
            synchronized (ModelSlot.this) {
                Seat next = inPlaceOf(failing, reason);
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

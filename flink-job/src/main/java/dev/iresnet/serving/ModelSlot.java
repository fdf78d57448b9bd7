package dev.iresnet.serving;

import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of the model that labels now. Between two batches it may be given to another; a batch
 * keeps the model that it began with, and a model that has been replaced is closed when its last
 * batch is done. Thread-safe.
 */
final class ModelSlot {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSlot.class);

    private final Labeling rule;
    private final UnaryOperator<Model> watching;
    private Seat seat;
    private long swaps;
    private boolean closed;

    /** A model, and how many batches are using it. Guarded by the slot. */
    private static final class Seat {
        final Model model;
        final Labeler labeler;
        int uses;
        boolean retired;

        Seat(Model model, Labeler labeler) {
            this.model = model;
            this.labeler = labeler;
        }
    }

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

    /** Models that have been replaced. */
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
        seat.model.close();
    }

    private Seat seat(Model model) {
        return new Seat(watching.apply(model), new Labeler(model.description(), rule));
    }

    private void closeIfFree(Seat left) {
        synchronized (this) {
            // The swap and the last batch may both be here: one of them closes.
            if (left.uses > 0 || left == seat || left.retired) {
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
        private final Seat used;

        private Use(Seat used) {
            this.used = used;
        }

        Model model() {
            return used.model;
        }

        Labeler labeler() {
            return used.labeler;
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

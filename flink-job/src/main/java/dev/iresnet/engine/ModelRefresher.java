package dev.iresnet.engine;

import dev.iresnet.model.Model;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for another model now and then, and puts it in its place. Whatever fails, the old one stays.
 */
final class ModelRefresher {
    private static final Logger LOG = LoggerFactory.getLogger(ModelRefresher.class);

    private final ModelSupply supply;
    private final ModelSlot slot;
    private final BooleanSupplier ended;
    private final AtomicLong refusals = new AtomicLong();
    private boolean storeIsDown;

    /**
     * One that has looked at nothing yet.
     *
     * @param ended whether the engine has: clients of stores swallow interruptions
     */
    ModelRefresher(ModelSupply supply, ModelSlot slot, BooleanSupplier ended) {
        this.supply = supply;
        this.slot = slot;
        this.ended = ended;
    }

    /** Versions that could not be used. */
    long refusals() {
        return refusals.get();
    }

    /** See {@link ModelSupply#waitsForRestart}. */
    boolean waitsForRestart() {
        return supply.waitsForRestart();
    }

    /** Works until interrupted, or until the engine has ended. */
    void run() throws InterruptedException {
        while (!ended.getAsBoolean()) {
            TimeUnit.NANOSECONDS.sleep(supply.pause().toNanos());
            refresh();
        }
    }

    /** Looks once. */
    void refresh() throws InterruptedException {
        slot.takeFailure()
                .ifPresent(
                        failure -> {
                            refusals.incrementAndGet();
                            supply.failed(failure.version(), failure.reason());
                        });
        try {
            Optional<Model> next = supply.next(slot.description());
            if (storeIsDown) {
                storeIsDown = false;
                LOG.info("The store of the model's versions answers again");
            }
            if (next.isPresent()) {
                put(next.get());
            }
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
            // Of whatever kind: a model that cannot be had is no reason to stop the one that works.
            // Loading takes several times a model's size of heap, which frames may have taken.
            refusals.incrementAndGet();
            LOG.error(
                    "A version of the model cannot be used, version {} stays: {}",
                    slot.description().version(),
                    e.getMessage(),
                    e);
        } catch (IOException e) {
            if (!storeIsDown) {
                storeIsDown = true;
                LOG.warn(
                        "The store of the model's versions does not answer, version {} stays and it"
                                + " is asked again every {}",
                        slot.description().version(),
                        supply.pause(),
                        e);
            }
        }
    }

    private void put(Model next) {
        boolean placed = false;
        try {
            slot.swap(next);
            placed = true;
        } finally {
            if (!placed) {
                next.close();
            }
        }
    }
}

package dev.iresnet.inference;

import dev.iresnet.model.ModelException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine a key in this process, for all who ask: one copy of a model on a device, batches
 * filled from all slots.
 *
 * <ol>
 *   <li>The first to ask for a key creates its engine, on the asking thread. Others that ask
 *       meanwhile wait for it. If that fails, all of them are told why, and the next to ask tries
 *       again.
 *   <li>An engine without leases is kept: a job that restarts finds it warm. If there is a version
 *       of its model that it could not change to, it is made anew when its key is asked for: else
 *       processes that start later would serve another version than this one.
 *   <li>An engine that has failed goes with its last lease, or when its key is asked for again, who
 *       then gets a new one: up to 3 in a row, each failure within 10 minutes of the one before
 *       ({@link FailureSeries}). That a new one cannot be made counts as its failure.
 *   <li>{@link #closeAll} ends them all; later requests start anew.
 * </ol>
 *
 * Thread-safe.
 *
 * @param <K> what makes engines different: model, device, options; compared by equals
 */
public final class EngineRegistry<K> {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRegistry.class);

    private final Map<K, Shared> engines = new HashMap<>();

    /** Guarded by the engines. */
    private final Map<K, FailureSeries> failures = new HashMap<>();

    private final LongSupplier nanos;

    public EngineRegistry() {
        this(System::nanoTime);
    }

    EngineRegistry(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** An engine, or one in the making. */
    private static final class Shared {
        final CompletableFuture<InferencePipeline> pipeline = new CompletableFuture<>();

        /** Guarded by the map. */
        int leases;

        /** Whether its failure has been counted. Guarded by the map. */
        boolean counted;

        boolean isSpent() {
            return isMade() && !pipeline.join().isUsable();
        }

        /** Nobody uses it, and another would begin with a version that it cannot change to. */
        boolean waitsForRestart() {
            return leases == 0 && isMade() && pipeline.join().engine().waitsForRestart();
        }

        private boolean isMade() {
            return pipeline.isDone() && !pipeline.isCompletedExceptionally();
        }

        /** Now, or as soon as it is made. */
        void close() {
            // Closing throws nothing, and a failed creation is reported to those that wait for it.
            var unused = pipeline.thenAccept(InferencePipeline::close);
        }
    }

    /**
     * Gives a share of the engine for {@code key}.
     *
     * @param creator loads and starts one; called only if there is none
     * @throws InterruptedException while waiting for another's creation
     * @throws ExecutionException with what the creator has thrown, here or where it was waited for;
     *     or with a {@link ModelException} if engines of this key have failed too often. {@link
     *     #mayBeMadeAgain} tells whether to ask again
     */
    public Lease acquire(K key, Callable<InferencePipeline> creator)
            throws InterruptedException, ExecutionException {
        Shared known;
        Shared shared;
        synchronized (engines) {
            known = engines.get(key);
            if (known != null) {
                countFailure(key, known);
            }
            refuseTooMany(key);
            shared =
                    known == null || known.isSpent() || known.waitsForRestart()
                            ? new Shared()
                            : known;
            shared.leases++;
            engines.put(key, shared);
        }
        if (shared != known) {
            if (known != null) {
                // Before its successor is made: a device may not have room for both.
                known.close();
            }
            create(key, shared, creator);
        }
        try {
            return new Lease(key, shared, shared.pipeline.get());
        } catch (InterruptedException e) {
            release(key, shared);
            throw e;
        }
    }

    /** Engines of this key that have failed since the start. */
    public long failures(K key) {
        synchronized (engines) {
            FailureSeries series = failures.get(key);
            return series == null ? 0 : series.total();
        }
    }

    /** Whether a failure of this key's engine, or to make one, is worth another attempt. */
    public boolean mayBeMadeAgain(K key) {
        synchronized (engines) {
            FailureSeries series = failures.get(key);
            long now = nanos.getAsLong();
            return series != null && series.isRecent(now) && !series.isTooMany(now);
        }
    }

    /** Closes all engines, leased or not: the model's classes or the device are about to go. */
    public void closeAll() {
        List<Shared> all;
        synchronized (engines) {
            all = List.copyOf(engines.values());
            engines.clear();
        }
        LOG.info("Closing {} shared engines", all.size());
        all.forEach(Shared::close);
    }

    private void create(K key, Shared shared, Callable<InferencePipeline> creator) {
        try {
            shared.pipeline.complete(creator.call());
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // Forgotten before it is reported, so that another attempt creates again.
            forget(key, shared, e);
            shared.pipeline.completeExceptionally(e);
        }
    }

    private void release(K key, Shared shared) {
        boolean goes;
        synchronized (engines) {
            shared.leases--;
            goes = shared.leases == 0 && shared.isSpent();
            if (goes) {
                countFailure(key, shared);
                engines.remove(key, shared);
            }
        }
        if (goes) {
            shared.close();
        }
    }

    private void forget(K key, Shared shared, Throwable reason) {
        synchronized (engines) {
            engines.remove(key, shared);
            FailureSeries series = failures.get(key);
            // The first one takes no other's place.
            if (series != null && series.isRecent(nanos.getAsLong()) && isOfEngine(reason)) {
                series.add(reason, nanos.getAsLong());
            }
        }
    }

    /** A store that does not answer, or a task that ends meanwhile, says nothing of engines. */
    private static boolean isOfEngine(Throwable reason) {
        return !(reason instanceof IOException || reason instanceof InterruptedException);
    }

    /** Called under the lock. */
    private void countFailure(K key, Shared shared) {
        if (shared.isSpent() && !shared.counted) {
            shared.counted = true;
            shared.pipeline
                    .join()
                    .failure()
                    .ifPresent(
                            reason ->
                                    failures.computeIfAbsent(key, any -> new FailureSeries())
                                            .add(reason, nanos.getAsLong()));
        }
    }

    /** Called under the lock. */
    private void refuseTooMany(K key) throws ExecutionException {
        FailureSeries series = failures.get(key);
        if (series != null && series.isTooMany(nanos.getAsLong())) {
            throw new ExecutionException(
                    new ModelException(
                            "The model or its device failed %d times in a row, each time within %d minutes of the last; %d new engines did not mend that. The last failure: %s"
                                    .formatted(
                                            series.inRow(),
                                            FailureSeries.ROW.toMinutes(),
                                            FailureSeries.MOST,
                                            series.last()),
                            series.last()));
        }
    }

    /** A share of an engine, to be closed by its holder. */
    public final class Lease implements AutoCloseable {
        private final K key;
        private final Shared shared;
        private final InferencePipeline pipeline;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(K key, Shared shared, InferencePipeline pipeline) {
            this.key = key;
            this.shared = shared;
            this.pipeline = pipeline;
        }

        public InferencePipeline pipeline() {
            return pipeline;
        }

        /** Gives the share back. A second call does nothing. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release(key, shared);
            }
        }
    }
}

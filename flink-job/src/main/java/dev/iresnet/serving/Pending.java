package dev.iresnet.serving;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The promises that an engine has given and not kept yet. Each is completed exactly once: with its
 * outcome, or with the reason of the engine's end, even if the thread that has its frame hangs.
 * Thread-safe.
 */
@SuppressWarnings("CollectionUndefinedEquality") // promises are told apart by identity
final class Pending {
    private final Set<CompletableFuture<Outcome>> promises = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Throwable> end = new AtomicReference<>();

    /** A new promise; after the end, one that has failed already. */
    CompletableFuture<Outcome> promise() {
        CompletableFuture<Outcome> promise = new CompletableFuture<>();
        promises.add(promise);
        // Added before looking: either this sees the end, or the end sees the promise.
        Throwable reason = end.get();
        if (reason != null) {
            fail(promise, reason);
        }
        return promise;
    }

    void keep(CompletableFuture<Outcome> promise, Outcome outcome) {
        // Removed first, so that who hears of the outcome finds it counted.
        if (promises.remove(promise)) {
            promise.complete(outcome);
        }
    }

    /** Strikes off a promise that its receiver has cancelled. */
    void forget(CompletableFuture<Outcome> promise) {
        promises.remove(promise);
    }

    /**
     * Fails all promises, those given and those to come.
     *
     * @return false if that has happened before; the first reason stays
     */
    boolean end(Throwable reason) {
        if (!end.compareAndSet(null, reason)) {
            return false;
        }
        promises.forEach(promise -> fail(promise, reason));
        return true;
    }

    /** Why it has ended; null before. */
    @Nullable Throwable reason() {
        return end.get();
    }

    boolean hasEnded() {
        return end.get() != null;
    }

    int size() {
        return promises.size();
    }

    private void fail(CompletableFuture<Outcome> promise, Throwable reason) {
        if (promises.remove(promise)) {
            promise.completeExceptionally(reason);
        }
    }
}

package dev.iresnet.engine.thread;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The promises that have been given and not kept yet. Each is completed exactly once: with its
 * outcome, or with the reason of the end, even if the thread that works on it hangs. Thread-safe.
 */
@SuppressWarnings("CollectionUndefinedEquality") // promises are told apart by identity
public final class Promises<T> {
    private final Set<CompletableFuture<T>> promises = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Throwable> end = new AtomicReference<>();

    /** A new promise; after the end, one that has failed already. */
    public CompletableFuture<T> promise() {
        CompletableFuture<T> promise = new CompletableFuture<>();
        promises.add(promise);
        // Added before looking: either this sees the end, or the end sees the promise.
        Throwable reason = end.get();
        if (reason != null) {
            fail(promise, reason);
        }
        return promise;
    }

    public void keep(CompletableFuture<T> promise, T outcome) {
        // Removed first: whatever runs on completion sees the promise as kept.
        if (promises.remove(promise)) {
            promise.complete(outcome);
        }
    }

    /** Strikes off a promise that its receiver has cancelled. */
    public void forget(CompletableFuture<T> promise) {
        promises.remove(promise);
    }

    /**
     * Fails all promises, those given and those to come.
     *
     * @return false if that has happened before; the first reason stays
     */
    public boolean end(Throwable reason) {
        if (!end.compareAndSet(null, reason)) {
            return false;
        }
        promises.forEach(promise -> fail(promise, reason));
        return true;
    }

    /** Why it has ended; null before. */
    public @Nullable Throwable reason() {
        return end.get();
    }

    public boolean hasEnded() {
        return end.get() != null;
    }

    public int size() {
        return promises.size();
    }

    private void fail(CompletableFuture<T> promise, Throwable reason) {
        if (promises.remove(promise)) {
            promise.completeExceptionally(reason);
        }
    }
}

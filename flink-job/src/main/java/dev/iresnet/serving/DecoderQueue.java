package dev.iresnet.serving;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a decoder: first the work that has waited for something else, a picture or a
 * schema, and behind it new records, each in the order of their coming. Unlike {@link
 * java.util.concurrent.LinkedBlockingDeque} it finds what waits for a promise in constant time: a
 * task that ends takes all of its frames out. Thread-safe.
 */
@SuppressWarnings("CollectionUndefinedEquality") // promises are told apart by identity
final class DecoderQueue {
    private final Map<CompletableFuture<Outcome>, Work> returned = new LinkedHashMap<>();
    private final Map<CompletableFuture<Outcome>, Work> submitted = new LinkedHashMap<>();

    /** Takes a new record, behind all others; never waits. */
    synchronized void add(Request request) {
        submitted.put(request.promise(), request);
        notify();
    }

    /** Takes what a decoder has seen before, ahead of all new records: later frames wait for it. */
    synchronized void addReturned(Work work) {
        returned.put(work.request().promise(), work);
        notify();
    }

    /** Waits for work. */
    synchronized Work take() throws InterruptedException {
        while (returned.isEmpty() && submitted.isEmpty()) {
            wait();
        }
        Iterator<Work> next = (returned.isEmpty() ? submitted : returned).values().iterator();
        Work work = next.next();
        next.remove();
        return work;
    }

    /** Takes out what waits for a promise; null if nothing does. */
    synchronized @Nullable Work remove(CompletableFuture<Outcome> promise) {
        Work work = submitted.remove(promise);
        return work == null ? returned.remove(promise) : work;
    }

    synchronized int size() {
        return returned.size() + submitted.size();
    }
}

package dev.iresnet.serving;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a decoder: frames whose pictures have been fetched, and behind them records that
 * nobody has looked at, each in the order of their coming. Unlike {@link
 * java.util.concurrent.LinkedBlockingDeque} it finds what waits for a promise in constant time: a
 * task that ends takes all of its frames out. Thread-safe.
 */
@SuppressWarnings("CollectionUndefinedEquality") // promises are told apart by identity
final class DecoderQueue {
    private final Map<CompletableFuture<Outcome>, Work> fetched = new LinkedHashMap<>();
    private final Map<CompletableFuture<Outcome>, Work> submitted = new LinkedHashMap<>();

    /** Takes work of any amount; never waits. */
    synchronized void add(Work work) {
        (work instanceof Fetched ? fetched : submitted).put(work.request().promise(), work);
        notify();
    }

    /** Waits for work. */
    synchronized Work take() throws InterruptedException {
        while (fetched.isEmpty() && submitted.isEmpty()) {
            wait();
        }
        Iterator<Work> next = (fetched.isEmpty() ? submitted : fetched).values().iterator();
        Work work = next.next();
        next.remove();
        return work;
    }

    /** Takes out what waits for a promise; null if nothing does. */
    synchronized @Nullable Work remove(CompletableFuture<Outcome> promise) {
        Work work = submitted.remove(promise);
        return work == null ? fetched.remove(promise) : work;
    }

    synchronized int size() {
        return fetched.size() + submitted.size();
    }
}

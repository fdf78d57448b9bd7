package dev.iresnet.decoding;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a decoder: first the work that has waited for something else, a picture or a
 * schema, and behind it new records, each in the order of their coming. Unlike {@link
 * java.util.concurrent.LinkedBlockingDeque} it finds what belongs to a request in constant time: a
 * task that ends takes all of its frames out. Thread-safe.
 */
final class DecoderQueue {
    private final Map<FrameRequest, Work> returned = new LinkedHashMap<>();
    private final Map<FrameRequest, Work> submitted = new LinkedHashMap<>();

    /**
     * What a decoder takes.
     *
     * @param loaded the frame with its picture, if that was kept elsewhere; null for a record that
     *     has not been read
     */
    record Work(FrameRequest request, ReferencedImageLoader.@Nullable LoadedFrame loaded) {

        /** Gives the memory of a loaded picture back. */
        void release() {
            if (loaded != null) {
                loaded.release();
            }
        }
    }

    /** Takes a new record, behind all others; never waits. */
    synchronized void add(FrameRequest request) {
        submitted.put(request, new Work(request, null));
        notify();
    }

    /** Takes what a decoder has seen before, ahead of all new records: later frames wait for it. */
    synchronized void addReturned(Work work) {
        returned.put(work.request(), work);
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

    /** Takes out what belongs to a request; null if nothing waits. */
    synchronized @Nullable Work remove(FrameRequest request) {
        Work work = submitted.remove(request);
        return work == null ? returned.remove(request) : work;
    }
}

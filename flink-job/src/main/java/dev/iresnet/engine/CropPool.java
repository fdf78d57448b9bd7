package dev.iresnet.engine;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed number of direct buffers for crops, made once. It bounds what decoded frames may take,
 * and by making decoders wait it passes the device's pace on to them. Thread-safe.
 */
public final class CropPool {
    private final AtomicInteger taken = new AtomicInteger();
    private final BlockingDeque<ByteBuffer> free;
    private volatile boolean closed;

    /** All of the same size. */
    public CropPool(int count, int bytes) {
        this.free = new LinkedBlockingDeque<>(count);
        for (int i = 0; i < count; i++) {
            free.add(ByteBuffer.allocateDirect(bytes));
        }
    }

    /** Waits for a free crop. The last one returned goes first: it may still be in a cache. */
    public ByteBuffer take() throws InterruptedException {
        ByteBuffer crop = free.takeFirst();
        taken.incrementAndGet();
        return crop;
    }

    public void giveBack(ByteBuffer crop) {
        taken.decrementAndGet();
        free.addFirst(crop);
        if (closed) {
            free.clear();
        }
    }

    /** Crops that are taken. */
    public int taken() {
        return taken.get();
    }

    /**
     * Lets go of the free crops, and of the others as they come back. Their memory is free once
     * they are collected, which must not depend on references to the closed engine.
     */
    void close() {
        closed = true;
        free.clear();
    }
}

package dev.iresnet.serving;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * A fixed number of direct buffers for crops, made once. It bounds what decoded frames may take,
 * and by making decoders wait it passes the device's pace on to them. Thread-safe.
 */
final class CropPool {
    private final int count;
    private final BlockingDeque<ByteBuffer> free;

    CropPool(int count, int bytes) {
        this.count = count;
        this.free = new LinkedBlockingDeque<>(count);
        for (int i = 0; i < count; i++) {
            free.add(ByteBuffer.allocateDirect(bytes));
        }
    }

    /** Waits for a free crop. The last one returned goes first: it may still be in a cache. */
    ByteBuffer take() throws InterruptedException {
        return free.takeFirst();
    }

    void giveBack(ByteBuffer crop) {
        free.addFirst(crop);
    }

    /** Crops that somebody has. */
    int taken() {
        return count - free.size();
    }
}

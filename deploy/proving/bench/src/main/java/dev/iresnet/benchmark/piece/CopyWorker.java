package dev.iresnet.benchmark.piece;

import dev.iresnet.benchmark.worker.Worker;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;

/** The machine's memory: one thread copies between buffers that no cache holds. */
public final class CopyWorker implements Worker<Span> {
    private static final int BYTES = 256 << 20;

    private final ByteBuffer from = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer to = ByteBuffer.allocateDirect(BYTES);

    /** Bytes copied a second. */
    @Override
    public Object answer(Span span) throws InterruptedException, ExecutionException {
        return Steps.rate(span, 1, BYTES, () -> to.put(0, from, 0, BYTES));
    }
}

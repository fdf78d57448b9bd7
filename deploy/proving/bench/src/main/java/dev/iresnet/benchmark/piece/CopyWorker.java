package dev.iresnet.benchmark.piece;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.benchmark.worker.WorkerLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;

/** The machine's memory: one thread copies between buffers that no cache holds. */
public final class CopyWorker implements Worker {
    private static final int BYTES = 256 << 20;

    private final ByteBuffer from = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer to = ByteBuffer.allocateDirect(BYTES);

    private CopyWorker() {}

    public static void main(String[] arguments) throws IOException {
        WorkerLoop.serve(arguments, task -> new CopyWorker());
    }

    /** Bytes copied a second. */
    @Override
    public ObjectNode answer(JsonNode order) throws InterruptedException, ExecutionException {
        Span span = WorkerLoop.read(order, Span.class);
        return WorkerLoop.rate(Steps.rate(span, 1, BYTES, () -> to.put(0, from, 0, BYTES)));
    }

    @Override
    public void close() {}
}

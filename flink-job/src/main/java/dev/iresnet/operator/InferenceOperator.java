package dev.iresnet.operator;

import dev.iresnet.event.RawRecord;
import dev.iresnet.inference.InferenceClient;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Labels frames: results to the main output, failures to {@link #DEAD_LETTERS}. No state. */
final class InferenceOperator extends OrderedOperator<RawRecord, FrameResult> {

    InferenceOperator(
            StreamOperatorParameters<FrameResult> parameters,
            InferenceClientProvider clients,
            InFlightLimit limit) {
        super(parameters, clients, limit);
    }

    @Override
    protected long bytes(RawRecord record) {
        return record.memory();
    }

    @Override
    protected CompletableFuture<FrameOutcome> submit(
            InferenceClient engine, RawRecord record, FrameListener listener) {
        return engine.submit(record, listener);
    }

    @Override
    protected void emit(FrameOutcome outcome, FrameListener listener, long timestamp) {
        if (outcome instanceof FrameResult result) {
            collect(result, timestamp);
        }
    }
}

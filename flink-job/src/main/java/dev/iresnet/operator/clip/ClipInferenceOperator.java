package dev.iresnet.operator.clip;

import dev.iresnet.clip.Clip;
import dev.iresnet.inference.InferenceClient;
import dev.iresnet.operator.InFlightLimit;
import dev.iresnet.operator.InferenceClientProvider;
import dev.iresnet.operator.OrderedOperator;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Labels clips: results to the main output, failures to {@link #DEAD_LETTERS}. No state. */
final class ClipInferenceOperator extends OrderedOperator<Clip, FrameResult> {
    private final Duration onDevice;

    ClipInferenceOperator(
            StreamOperatorParameters<FrameResult> parameters,
            InferenceClientProvider clients,
            InFlightLimit limit) {
        super(parameters, clients, limit);
        this.onDevice = limit.decoding().dividedBy(2);
    }

    @Override
    protected long bytes(Clip clip) {
        return clip.memory();
    }

    @Override
    protected CompletableFuture<FrameOutcome> submit(
            InferenceClient engine, Clip clip, FrameListener listener) {
        return engine.submit(clip, listener);
    }

    /** It is decoded. */
    @Override
    protected long mostWork(InferenceClient engine) {
        return 0;
    }

    /** A barrier waits for all of them, after the crops before them. */
    @Override
    protected long mostInFlight(InferenceClient engine) {
        return engine.clipsIn(onDevice);
    }

    @Override
    protected void emit(FrameOutcome outcome, FrameListener listener, long timestamp) {
        if (outcome instanceof FrameResult result) {
            collect(result, timestamp);
        }
    }
}

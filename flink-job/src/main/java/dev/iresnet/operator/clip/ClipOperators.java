package dev.iresnet.operator.clip;

import dev.iresnet.clip.CameraFrame;
import dev.iresnet.clip.Clip;
import dev.iresnet.clip.ClipOptions;
import dev.iresnet.event.RawRecord;
import dev.iresnet.operator.FramesInFlight;
import dev.iresnet.operator.InFlightLimit;
import dev.iresnet.operator.InferenceClientProvider;
import dev.iresnet.result.FrameResult;
import java.io.Serializable;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/**
 * The operators of a job for clips; these factories are what travels in the job graph.
 *
 * @param clients of the engine, which all of them share
 * @param limit of what a subtask of each has in flight
 * @param memory what is in flight takes of the heap
 */
public record ClipOperators(
        InferenceClientProvider clients,
        InFlightLimit limit,
        FramesInFlight memory,
        ClipOptions options) {

    /** Side output of {@link #cropping}: results of frames that were shed. */
    public static final OutputTag<FrameResult> STALE = CroppingOperator.STALE;

    /** Frames to crops; failures go to the side output for dead letters. */
    public OneInputStreamOperatorFactory<RawRecord, CameraFrame> cropping() {
        InferenceClientProvider provider = clients;
        InFlightLimit bounds = limit;
        ClipOptions chosen = options;
        return new Factory<>(
                CroppingOperator.class,
                parameters -> new CroppingOperator(parameters, provider, bounds, chosen));
    }

    /** Crops, by camera, to clips. */
    public OneInputStreamOperatorFactory<CameraFrame, Clip> assembling() {
        InferenceClientProvider provider = clients;
        ClipOptions chosen = options;
        ClipMemory checked = new ClipMemory(memory);
        return new Factory<>(
                ClipOperator.class,
                parameters -> new ClipOperator(parameters, provider, chosen, checked));
    }

    /** Clips to results; failures go to the side output for dead letters. */
    public OneInputStreamOperatorFactory<Clip, FrameResult> inference() {
        InferenceClientProvider provider = clients;
        InFlightLimit bounds = limit;
        return new Factory<>(
                ClipInferenceOperator.class,
                parameters -> new ClipInferenceOperator(parameters, provider, bounds));
    }

    /** Makes an operator on the task manager. */
    private interface Maker<O> extends Serializable {
        StreamOperator<O> make(StreamOperatorParameters<O> parameters);
    }

    private static final class Factory<I, O> extends AbstractStreamOperatorFactory<O>
            implements OneInputStreamOperatorFactory<I, O> {
        private static final long serialVersionUID = 1L;

        private final Class<? extends StreamOperator<O>> type;
        private final Maker<O> maker;

        Factory(Class<? extends StreamOperator<O>> type, Maker<O> maker) {
            this.type = type;
            this.maker = maker;
            this.chainingStrategy = ChainingStrategy.ALWAYS;
        }

        @Override
        // the signature is Flink's: the caller chooses T, and chooses this
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <T extends StreamOperator<O>> T createStreamOperator(
                StreamOperatorParameters<O> parameters) {
            return (T) maker.make(parameters);
        }

        @Override
        @SuppressWarnings("rawtypes") // as in the interface
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return type;
        }
    }
}

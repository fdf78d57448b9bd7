package dev.iresnet.operator;

import dev.iresnet.event.RawRecord;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameResult;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/** Makes the operator on the task manager; this is what travels in the job graph. */
public final class InferenceOperatorFactory extends AbstractStreamOperatorFactory<FrameResult>
        implements OneInputStreamOperatorFactory<RawRecord, FrameResult> {
    private static final long serialVersionUID = 1L;

    /** Side output of the records that cannot be labelled. */
    public static final OutputTag<FrameFailure> DEAD_LETTERS = OrderedOperator.DEAD_LETTERS;

    private final InferenceClientProvider clients;
    private final InFlightLimit limit;

    /**
     * @param limit of what a subtask has in flight
     */
    public InferenceOperatorFactory(InferenceClientProvider clients, InFlightLimit limit) {
        this.clients = clients;
        this.limit = limit;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    // the signature is Flink's: the caller chooses T, and chooses this
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<FrameResult>> T createStreamOperator(
            StreamOperatorParameters<FrameResult> parameters) {
        return (T) new InferenceOperator(parameters, clients, limit);
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the interface
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return InferenceOperator.class;
    }
}

package dev.iresnet.operator;

import dev.iresnet.event.RawRecord;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/** Makes the operator on the task manager; this is what travels in the job graph. */
public final class TaggingOperatorFactory extends AbstractStreamOperatorFactory<OutboundRecord>
        implements OneInputStreamOperatorFactory<RawRecord, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    /** Side output of the records that cannot be labelled. */
    public static final OutputTag<OutboundRecord> DEAD_LETTERS = TaggingOperator.DEAD_LETTERS;

    private final TaggerProvider taggers;
    private final OutcomeEncoder encoder;
    private final InFlightLimit limit;

    /**
     * @param limit of what a subtask has in flight
     */
    public TaggingOperatorFactory(
            TaggerProvider taggers, OutcomeEncoder encoder, InFlightLimit limit) {
        this.taggers = taggers;
        this.encoder = encoder;
        this.limit = limit;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    // the signature is Flink's: the caller chooses T, and chooses this
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<OutboundRecord>> T createStreamOperator(
            StreamOperatorParameters<OutboundRecord> parameters) {
        return (T) new TaggingOperator(parameters, taggers, encoder, limit);
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the interface
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return TaggingOperator.class;
    }
}

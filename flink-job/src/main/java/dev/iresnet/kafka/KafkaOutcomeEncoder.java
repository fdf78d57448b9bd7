package dev.iresnet.kafka;

import dev.iresnet.config.JobConfig;
import dev.iresnet.config.OutputConfig;
import dev.iresnet.operator.OutboundRecord;
import dev.iresnet.operator.OutcomeEncoder;
import dev.iresnet.serving.Outcome;
import org.jspecify.annotations.Nullable;

/** Both kinds of records that leave the job. The encoders are made where they are used. */
public final class KafkaOutcomeEncoder implements OutcomeEncoder {
    private static final long serialVersionUID = 1L;

    private final OutputConfig output;
    private final ResultSchema schema;
    private final String groupId;
    private final RecordLimits limits;
    private transient @Nullable ResultEncoder results;
    private transient @Nullable DeadLetterEncoder deadLetters;

    public KafkaOutcomeEncoder(JobConfig config, RecordLimits limits, ResultSchema schema) {
        this.output = config.output();
        this.schema = schema;
        this.groupId = config.input().groupId();
        this.limits = limits;
    }

    @Override
    public OutboundRecord result(Outcome.Labeled labeled) {
        ResultEncoder encoder = results;
        if (encoder == null) {
            encoder = new ResultEncoder(output, schema, limits.result());
            results = encoder;
        }
        return encoder.encode(labeled);
    }

    @Override
    public OutboundRecord deadLetter(Outcome.Failed failed) {
        DeadLetterEncoder encoder = deadLetters;
        if (encoder == null) {
            encoder = new DeadLetterEncoder(groupId, limits.deadLetter());
            deadLetters = encoder;
        }
        return encoder.encode(failed);
    }
}

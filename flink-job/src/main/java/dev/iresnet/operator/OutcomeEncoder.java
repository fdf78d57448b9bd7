package dev.iresnet.operator;

import dev.iresnet.serving.Outcome;
import java.io.Serializable;

/** Turns outcomes into the bytes that leave the job. Runs on the task thread, one a subtask. */
public interface OutcomeEncoder extends Serializable {

    OutboundRecord result(Outcome.Labeled labeled);

    OutboundRecord deadLetter(Outcome.Failed failed);
}

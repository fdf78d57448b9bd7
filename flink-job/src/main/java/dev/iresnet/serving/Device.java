package dev.iresnet.serving;

import dev.iresnet.event.FailureCode;
import dev.iresnet.model.Scores;
import java.util.List;

/** The work of the device threads: ready frames to outcomes, a batch at a time. */
final class Device {
    private final Flow flow;
    private final BatchRunner runner;
    private final Labeler labeler;
    private final Clocks clocks;

    Device(Flow flow, BatchRunner runner, Labeler labeler, Clocks clocks) {
        this.flow = flow;
        this.runner = runner;
        this.labeler = labeler;
        this.clocks = clocks;
    }

    /** Works until the queue is closed. Several threads may be in here. */
    void run() throws InterruptedException {
        for (List<ReadyFrame> batch = flow.ready().take();
                !batch.isEmpty();
                batch = flow.ready().take()) {
            serve(batch);
        }
    }

    private void serve(List<ReadyFrame> batch) {
        long sealedAt = clocks.nanos().getAsLong();
        runner.run(batch, (part, scores) -> answer(part, scores, sealedAt));
    }

    private void answer(List<ReadyFrame> part, Scores scores, long sealedAt) {
        labeler.check(scores, part.size());
        BatchRun run =
                new BatchRun(
                        part.size(), sealedAt, clocks.nanos().getAsLong(), clocks.wall().instant());
        boolean first = true;
        for (int row = 0; row < part.size(); row++) {
            ReadyFrame frame = part.get(row);
            Outcome outcome = outcome(frame, new Row(scores, row), run, first);
            first &= !(outcome instanceof Outcome.Labeled);
            flow.pending().keep(frame.request().promise(), outcome);
        }
    }

    private Outcome outcome(ReadyFrame frame, Row row, BatchRun run, boolean first) {
        if (!row.isFinite()) {
            return new Outcome.Failed(
                    frame.request().record(),
                    FailureCode.RESULT_NOT_FINITE,
                    "the network's scores for this frame are not all numbers; the batch's other"
                            + " frames are not touched");
        }
        return new Outcome.Labeled(
                frame.request().record(),
                labeler.label(frame, row, run),
                run.timings(frame),
                first);
    }
}

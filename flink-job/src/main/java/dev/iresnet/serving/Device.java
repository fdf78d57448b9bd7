package dev.iresnet.serving;

import dev.iresnet.event.FailureCode;
import dev.iresnet.model.Scores;
import java.util.ArrayList;
import java.util.List;

/** The work of the device threads: ready frames to outcomes, a batch at a time. */
final class Device {
    private final Flow flow;
    private final BatchRunner runner;
    private final Labeler labeler;
    private final Shedder shedder;
    private final Clocks clocks;

    Device(Flow flow, BatchRunner runner, Labeler labeler, Shedder shedder, Clocks clocks) {
        this.flow = flow;
        this.runner = runner;
        this.labeler = labeler;
        this.shedder = shedder;
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
        List<ReadyFrame> fresh = fresh(batch, sealedAt);
        if (!fresh.isEmpty()) {
            runner.run(fresh, (part, scores) -> answer(part, scores, sealedAt));
        }
    }

    /** The frames that are still worth it; the others are answered here. */
    private List<ReadyFrame> fresh(List<ReadyFrame> batch, long sealedAt) {
        List<ReadyFrame> fresh = new ArrayList<>(batch.size());
        for (ReadyFrame ready : batch) {
            Request request = ready.request();
            ShedReason reason = shedder.reason(request, ready.frame());
            if (reason == null) {
                fresh.add(ready);
                continue;
            }
            flow.crops().giveBack(ready.crop());
            Timings spent =
                    new Timings(
                            ready.takenAt() - request.submittedAt(),
                            ready.readyAt() - ready.takenAt(),
                            sealedAt - ready.readyAt(),
                            0,
                            0);
            flow.pending()
                    .keep(request.promise(), shedder.shed(request, ready.frame(), reason, spent));
        }
        return fresh;
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

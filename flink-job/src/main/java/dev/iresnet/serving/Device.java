package dev.iresnet.serving;

import dev.iresnet.event.FailureCode;
import dev.iresnet.model.Prediction;
import dev.iresnet.schemas.avro.LabeledResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The work of the device threads: ready frames to outcomes, a batch at a time. */
final class Device {
    private final Flow flow;
    private final BatchRunner runner;
    private final ModelSlot slot;
    private final Shedder shedder;
    private final Clocks clocks;

    Device(Flow flow, BatchRunner runner, ModelSlot slot, Shedder shedder, Clocks clocks) {
        this.flow = flow;
        this.runner = runner;
        this.slot = slot;
        this.shedder = shedder;
        this.clocks = clocks;
    }

    /** Works until the queue is closed. Several threads may be in here. */
    void run() throws InterruptedException {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = serveNext();
        }
    }

    /** A method of its own, so that a thread that waits holds nothing of the batch before. */
    private boolean serveNext() throws InterruptedException {
        List<ReadyFrame> batch = flow.ready().take();
        if (batch.isEmpty()) {
            return false;
        }
        try {
            serve(batch);
        } finally {
            flow.ready().done();
        }
        return true;
    }

    private void serve(List<ReadyFrame> batch) {
        long sealedAt = clocks.nanos().getAsLong();
        List<ReadyFrame> fresh = fresh(batch, sealedAt);
        if (!fresh.isEmpty()) {
            try (ModelSlot.Use use = slot.use()) {
                runner.run(
                        use,
                        fresh,
                        (part, scores) -> answer(part, use.labeler(), scores, sealedAt));
            }
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
            Timings spent = ready.timings(sealedAt, 0, 0);
            flow.pending()
                    .keep(request.promise(), shedder.shed(request, ready.frame(), reason, spent));
        }
        return fresh;
    }

    private void answer(
            List<ReadyFrame> part, Labeler labeler, List<Prediction> scores, long sealedAt) {
        BatchRun run =
                new BatchRun(
                        part.size(), sealedAt, clocks.nanos().getAsLong(), clocks.wall().instant());
        boolean first = true;
        for (int row = 0; row < part.size(); row++) {
            ReadyFrame frame = part.get(row);
            Row scored = new Row(scores.get(row).scores());
            Outcome outcome = unusable(frame, scored);
            if (outcome == null) {
                outcome = labelled(frame, labeler.label(frame, scored, run), run, first);
                first = false;
            }
            flow.pending().keep(frame.request().promise(), outcome);
        }
    }

    private static @Nullable Outcome unusable(ReadyFrame frame, Row row) {
        if (row.isFinite()) {
            return null;
        }
        return new Outcome.Failed(
                frame.request().record(),
                FailureCode.RESULT_NOT_FINITE,
                "the network's scores for this frame are not all numbers; the batch's other"
                        + " frames are not touched");
    }

    private static Outcome labelled(
            ReadyFrame frame, LabeledResult result, BatchRun run, boolean first) {
        return new Outcome.Labeled(frame.request().record(), result, run.timings(frame), first);
    }
}

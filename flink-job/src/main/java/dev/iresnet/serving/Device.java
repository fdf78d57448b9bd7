package dev.iresnet.serving;

import dev.iresnet.event.FailureCode;
import dev.iresnet.model.Model;
import dev.iresnet.model.Scores;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The work of the device threads: ready frames to outcomes, a batch at a time. */
final class Device {
    private final Flow flow;
    private final Model model;
    private final Labeler labeler;
    private final Clocks clocks;
    private final AtomicInteger inFlight = new AtomicInteger();

    Device(Flow flow, Model model, Labeler labeler, Clocks clocks) {
        this.flow = flow;
        this.model = model;
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

    int batchesInFlight() {
        return inFlight.get();
    }

    private void serve(List<ReadyFrame> batch) {
        long sealedAt = clocks.nanos().getAsLong();
        Scores scores = classify(batch);
        BatchRun run =
                new BatchRun(
                        batch.size(),
                        sealedAt,
                        clocks.nanos().getAsLong(),
                        clocks.wall().instant());
        boolean first = true;
        for (int row = 0; row < batch.size(); row++) {
            ReadyFrame frame = batch.get(row);
            Outcome outcome = outcome(frame, new Row(scores, row), run, first);
            first &= !(outcome instanceof Outcome.Labeled);
            flow.pending().keep(frame.request().promise(), outcome);
        }
    }

    private Scores classify(List<ReadyFrame> batch) {
        List<ByteBuffer> crops = new ArrayList<>(batch.size());
        batch.forEach(frame -> crops.add(frame.crop()));
        inFlight.incrementAndGet();
        try {
            return labeler.check(model.classify(crops), batch.size());
        } finally {
            inFlight.decrementAndGet();
            crops.forEach(flow.crops()::giveBack);
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

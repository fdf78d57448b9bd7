package dev.iresnet.engine;

import dev.iresnet.engine.EngineQueues.ReadySample;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import java.util.ArrayList;
import java.util.List;

/** The work of the device threads: samples to inferences, a batch at a time. */
final class DeviceWorker {
    private final EngineQueues queues;
    private final BatchRunner runner;
    private final ModelSlot slot;
    private final Shedder shedder;
    private final Host.Clocks clocks;

    DeviceWorker(
            EngineQueues queues,
            BatchRunner runner,
            ModelSlot slot,
            Shedder shedder,
            Host.Clocks clocks) {
        this.queues = queues;
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
        List<ReadySample> batch = queues.ready().take();
        if (batch.isEmpty()) {
            return false;
        }
        try {
            serve(batch);
        } finally {
            queues.ready().done();
        }
        return true;
    }

    private void serve(List<ReadySample> batch) {
        long formedAt = clocks.nanos().getAsLong();
        List<ReadySample> fresh = fresh(batch, formedAt);
        if (!fresh.isEmpty()) {
            try (ModelSlot.Lease lease = slot.lease()) {
                runner.run(
                        lease,
                        fresh,
                        (part, predictions) ->
                                answer(part, lease.model().description(), predictions, formedAt));
            }
        }
    }

    /** The samples that are still worth it; the others are answered here. */
    private List<ReadySample> fresh(List<ReadySample> batch, long formedAt) {
        List<ReadySample> fresh = new ArrayList<>(batch.size());
        for (ReadySample ready : batch) {
            ShedReason reason = shedder.reason(ready.capturedAt(), ready.aboveShare());
            if (reason == null) {
                fresh.add(ready);
                continue;
            }
            queues.crops().giveBack(ready.sample().pixels());
            queues.pending().keep(ready.promise(), new Inference.Shed(reason, formedAt));
        }
        return fresh;
    }

    private void answer(
            List<ReadySample> part,
            ModelDescription model,
            List<Prediction> predictions,
            long formedAt) {
        Inference.Batch batch =
                new Inference.Batch(
                        part.size(), formedAt, clocks.nanos().getAsLong(), clocks.wall().instant());
        boolean first = true;
        for (int i = 0; i < part.size(); i++) {
            Prediction prediction = predictions.get(i);
            boolean finite = prediction.isFinite();
            queues.pending()
                    .keep(
                            part.get(i).promise(),
                            finite
                                    ? new Inference.Done(prediction, model, batch, first)
                                    : new Inference.NotFinite(batch));
            first &= !finite;
        }
    }
}

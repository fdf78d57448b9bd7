package dev.iresnet.operator;

import dev.iresnet.clip.Clip;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.RawRecord;
import dev.iresnet.inference.InferenceClient;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers when the test says so, from whichever thread the test likes. */
final class ManualClient implements InferenceClient {
    private final List<Submitted> submitted = new ArrayList<>();
    private boolean closed;

    /** See {@link #mostWork}, and what is decoded in a second. */
    volatile long mostWork;

    volatile long workASecond = Long.MAX_VALUE;

    private record Submitted(
            RawRecord record, FrameListener listener, CompletableFuture<FrameOutcome> outcome) {}

    @Override
    public synchronized CompletableFuture<FrameOutcome> submit(
            RawRecord record, FrameListener listener) {
        listener.received(0);
        CompletableFuture<FrameOutcome> outcome = new CompletableFuture<>();
        submitted.add(new Submitted(record, listener, outcome));
        notifyAll();
        return outcome;
    }

    @Override
    public CompletableFuture<FrameOutcome> submit(Clip clip, FrameListener listener) {
        return submit(clip.record(), listener);
    }

    @Override
    public ModelDescription model() {
        throw new UnsupportedOperationException("no test asks");
    }

    @Override
    public long mostWork() {
        return mostWork;
    }

    @Override
    public long decodingIn(Duration time) {
        return workASecond == Long.MAX_VALUE ? workASecond : workASecond * time.toSeconds();
    }

    synchronized FrameListener listener(int index) {
        return submitted.get(index).listener();
    }

    synchronized void awaitSubmitted(int count) throws InterruptedException {
        while (submitted.size() < count) {
            wait();
        }
    }

    synchronized int submitted() {
        return submitted.size();
    }

    void label(int index) {
        listener(index).inferred(0, 8, index % 8 == 0);
        outcome(index).complete(Frames.labeled(record(index)));
    }

    void fail(int index) {
        outcome(index).complete(Frames.failed(record(index)));
    }

    void shed(int index, boolean deadLetter) {
        listener(index).shed(ShedReason.AGE);
        outcome(index)
                .complete(
                        deadLetter ? Frames.failed(record(index)) : Frames.labeled(record(index)));
    }

    void breakDown(int index, Throwable failure) {
        outcome(index).completeExceptionally(failure);
    }

    synchronized CompletableFuture<FrameOutcome> outcome(int index) {
        return submitted.get(index).outcome();
    }

    private synchronized RawRecord record(int index) {
        return submitted.get(index).record();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}

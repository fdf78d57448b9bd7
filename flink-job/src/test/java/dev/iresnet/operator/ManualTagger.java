package dev.iresnet.operator;

import dev.iresnet.event.RawRecord;
import dev.iresnet.serving.Outcome;
import dev.iresnet.serving.ShedReason;
import dev.iresnet.serving.Tagger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** Answers when the test says so, from whichever thread the test likes. */
final class ManualTagger implements Tagger {
    private final List<RawRecord> records = new ArrayList<>();
    private final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    private final List<LongConsumer> decoding = new ArrayList<>();
    private boolean closed;

    /** See {@link #mostWork}, and what is decoded in a second. */
    volatile long mostWork;

    volatile long workASecond = Long.MAX_VALUE;

    @Override
    public synchronized CompletableFuture<Outcome> submit(
            RawRecord record, LongConsumer decodingLeft) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        decoding.add(decodingLeft);
        records.add(record);
        outcomes.add(outcome);
        notifyAll();
        return outcome;
    }

    @Override
    public long mostWork() {
        return mostWork;
    }

    @Override
    public long decodingIn(Duration time) {
        return workASecond == Long.MAX_VALUE ? workASecond : workASecond * time.toSeconds();
    }

    synchronized LongConsumer decodingLeft(int index) {
        return decoding.get(index);
    }

    synchronized void awaitSubmitted(int count) throws InterruptedException {
        while (outcomes.size() < count) {
            wait();
        }
    }

    synchronized int submitted() {
        return outcomes.size();
    }

    void label(int index) {
        outcome(index).complete(Frames.labeled(record(index), index % 8 == 0));
    }

    void fail(int index) {
        outcome(index).complete(Frames.failed(record(index)));
    }

    void shed(int index, boolean deadLetter) {
        outcome(index)
                .complete(
                        new Outcome.Shed(
                                ShedReason.AGE,
                                deadLetter
                                        ? Frames.failed(record(index))
                                        : Frames.labeled(record(index), false)));
    }

    void breakDown(int index, Throwable failure) {
        outcome(index).completeExceptionally(failure);
    }

    synchronized CompletableFuture<Outcome> outcome(int index) {
        return outcomes.get(index);
    }

    private synchronized RawRecord record(int index) {
        return records.get(index);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}

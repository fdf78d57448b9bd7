package dev.iresnet.operator;

import static java.util.Objects.requireNonNull;

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
import org.jspecify.annotations.Nullable;

/** Answers when the test says so, from whichever thread the test likes. */
public final class ManualClient implements InferenceClient {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<Submitted> submitted = new ArrayList<>();
    private boolean closed;

    /** See {@link #mostWork}, and what is decoded in a second. */
    volatile long mostWork;

    volatile long workASecond = Long.MAX_VALUE;

    /** What is labelled in a second. */
    public volatile long clipsASecond;

    /** See {@link #model}. */
    public volatile @Nullable ModelDescription model;

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
        return requireNonNull(model);
    }

    @Override
    public long mostWork() {
        return mostWork;
    }

    @Override
    public long decodingIn(Duration time) {
        return workASecond == Long.MAX_VALUE ? workASecond : workASecond * time.toSeconds();
    }

    @Override
    public long clipsIn(Duration time) {
        return clipsASecond * time.toSeconds();
    }

    /**
     * Labels in their order, each when all have come in that may be under way, or soon when they do
     * not come.
     *
     * @param expected so many
     * @return how many have been under way at most
     */
    public CompletableFuture<Integer> labelling(int frames, int expected) {
        return CompletableFuture.supplyAsync(
                () -> {
                    int most = 0;
                    boolean come = true;
                    for (int i = 0; i < frames; i++) {
                        come = come && haveSoonCome(Math.min(i + expected, frames));
                        awaitSubmitted(i + 1);
                        most = Math.max(most, submitted() - i);
                        label(i);
                    }
                    return most;
                });
    }

    synchronized FrameListener listener(int index) {
        return submitted.get(index).listener();
    }

    private synchronized boolean haveSoonCome(int count) {
        long end = System.nanoTime() + SOON.toNanos();
        try {
            for (long left = SOON.toMillis();
                    submitted.size() < count && left > 0;
                    left = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
                wait(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return submitted.size() >= count;
    }

    synchronized void awaitSubmitted(int count) {
        try {
            while (submitted.size() < count) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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

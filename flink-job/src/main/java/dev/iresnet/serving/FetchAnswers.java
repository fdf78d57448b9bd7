package dev.iresnet.serving;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.FrameException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When a frame need not be waited for any more, and what it is answered then. Thread-safe. */
final class FetchAnswers {
    private final Pending pending;
    private final Shedder shedder;
    private final Duration patience;
    private final LongSupplier nanos;

    /**
     * Keeps promises.
     *
     * @param patience with a store; zero for ever
     */
    FetchAnswers(Pending pending, Shedder shedder, Duration patience, LongSupplier nanos) {
        this.pending = pending;
        this.shedder = shedder;
        this.patience = patience;
        this.nanos = nanos;
    }

    /** Whether it is too old, or nobody waits for it. */
    boolean isOver(Fetch fetch) {
        return fetch.request.promise().isDone()
                || shedder.reason(fetch.request, fetch.frame) != null;
    }

    boolean isGivenUp(long keptWaitingNanos) {
        return !patience.isZero() && keptWaitingNanos > patience.toNanos();
    }

    /** Of a frame that {@link #isOver}. */
    void shed(Fetch fetch) {
        Request request = fetch.request;
        if (request.promise().isDone()) {
            pending.forget(request.promise());
            return;
        }
        long queued = fetch.takenAt - request.submittedAt();
        Timings spent = new Timings(queued, nanos.getAsLong() - fetch.addedAt, 0, 0, 0, 0);
        // What is above its camera's share has not come this far.
        pending.keep(request.promise(), shedder.shed(request, fetch.frame, ShedReason.AGE, spent));
    }

    /** Of a frame that {@link #isGivenUp}. */
    void giveUp(Fetch fetch) {
        fail(
                fetch,
                FailureCode.IMAGE_UNREACHABLE,
                "%s did not come within references.patience, %s, in %d attempts: replay this record when its store works"
                        .formatted(fetch.picture.uri(), patience, fetch.failures));
    }

    /** Of a frame whose picture will never come, or is another. */
    void refuse(Fetch fetch, FrameException reason) {
        fail(fetch, reason.code(), String.valueOf(reason.getMessage()));
    }

    private void fail(Fetch fetch, FailureCode code, String message) {
        Request request = fetch.request;
        pending.keep(request.promise(), new Outcome.Failed(request.record(), code, message));
    }
}

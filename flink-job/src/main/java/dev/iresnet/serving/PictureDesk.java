package dev.iresnet.serving;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.Picture;
import dev.iresnet.serving.fetch.Fetcher;
import dev.iresnet.serving.fetch.Recipient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Where decoders hand in frames whose pictures are elsewhere. With its picture a frame comes back
 * to the decoders, before all that wait for them: somebody's order has been waiting for it.
 * Thread-safe.
 */
final class PictureDesk {
    private final Flow flow;
    private final Shedder shedder;
    private final Fetcher fetcher;
    private final Duration patience;
    private final LongSupplier nanos;

    /**
     * A desk before a fetcher, which stays the caller's.
     *
     * @param patience of the fetcher with a store, for what frames are told
     */
    PictureDesk(
            Flow flow, Shedder shedder, Fetcher fetcher, Duration patience, LongSupplier nanos) {
        this.flow = flow;
        this.shedder = shedder;
        this.fetcher = fetcher;
        this.patience = patience;
        this.nanos = nanos;
    }

    /** Takes a frame; it comes back as {@link Fetched}, or its promise is kept otherwise. */
    void handIn(Request request, Frame frame, Picture.Referred picture, long takenAt) {
        fetcher.add(new Referring(request, frame, picture, takenAt, nanos.getAsLong()));
    }

    /** A frame that waits for its picture. */
    final class Referring implements Recipient {
        private final Request request;
        private final Frame frame;
        private final Picture.Referred picture;
        private final long takenAt;
        private final long askedAt;

        private Referring(
                Request request,
                Frame frame,
                Picture.Referred picture,
                long takenAt,
                long askedAt) {
            this.request = request;
            this.frame = frame;
            this.picture = picture;
            this.takenAt = takenAt;
            this.askedAt = askedAt;
        }

        Request request() {
            return request;
        }

        /** The bytes of its picture are not needed any more. */
        void release() {
            fetcher.release(picture.size());
        }

        Frame frame() {
            return frame;
        }

        /** When a decoder took the record, nanoseconds. */
        long takenAt() {
            return takenAt;
        }

        /** How long it has waited for its picture, nanoseconds. */
        long waited() {
            return nanos.getAsLong() - askedAt;
        }

        @Override
        public Picture.Referred picture() {
            return picture;
        }

        @Override
        public boolean isOver() {
            return request.promise().isDone() || shedder.reason(request, frame) != null;
        }

        @Override
        public void dropped() {
            if (request.promise().isDone()) {
                flow.pending().forget(request.promise());
                return;
            }
            long queued = takenAt - request.submittedAt();
            Timings spent = new Timings(queued, waited(), 0, 0, 0, 0);
            // What is above its camera's share has not come this far.
            flow.pending()
                    .keep(request.promise(), shedder.shed(request, frame, ShedReason.AGE, spent));
        }

        @Override
        public void gaveUp(int attempts) {
            fail(
                    FailureCode.IMAGE_UNREACHABLE,
                    "%s did not come within references.patience, %s, in %d attempts: replay this record when its store works"
                            .formatted(picture.uri(), patience, attempts));
        }

        @Override
        public void refused(FrameException reason) {
            fail(reason.code(), String.valueOf(reason.getMessage()));
        }

        @Override
        public void came(ByteBuffer bytes) {
            flow.add(new Fetched(this, bytes));
        }

        private void fail(FailureCode code, String message) {
            flow.pending()
                    .keep(request.promise(), new Outcome.Failed(request.record(), code, message));
        }
    }
}

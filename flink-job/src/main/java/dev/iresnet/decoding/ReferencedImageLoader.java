package dev.iresnet.decoding;

import static java.util.Objects.requireNonNull;

import dev.iresnet.decoding.fetch.Fetcher;
import dev.iresnet.decoding.fetch.Recipient;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.engine.Shedder;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.Picture;
import dev.iresnet.image.EncodedImage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads the pictures that are kept elsewhere. With its picture a frame goes back to the decoders,
 * ahead of all that wait for them: frames behind it wait for it to leave in order. Thread-safe.
 */
final class ReferencedImageLoader {
    private final Fetcher fetcher;
    private final Shedder shedder;
    private final Duration giveUpAfter;
    private final LongSupplier nanos;
    private final Consumer<DecoderQueue.Work> onLoaded;

    /**
     * Uses a fetcher, which stays the caller's.
     *
     * @param giveUpAfter the fetcher's limit, for what frames are told
     * @param onLoaded takes the frames that have got their pictures
     */
    ReferencedImageLoader(
            Fetcher fetcher,
            Shedder shedder,
            Duration giveUpAfter,
            LongSupplier nanos,
            Consumer<DecoderQueue.Work> onLoaded) {
        this.fetcher = fetcher;
        this.shedder = shedder;
        this.giveUpAfter = giveUpAfter;
        this.nanos = nanos;
        this.onLoaded = onLoaded;
    }

    /** Takes a frame, which goes on with its picture, or is answered otherwise. */
    void load(FrameRequest request, Frame frame, Picture.Referred picture) {
        fetcher.add(new LoadedFrame(request, frame, picture, nanos.getAsLong()));
    }

    /** A frame that waits for its picture, or has got it. */
    final class LoadedFrame implements Recipient {
        private final FrameRequest request;
        private final Frame frame;
        private final Picture.Referred picture;
        private final long askedAt;
        private @Nullable ByteBuffer bytes;

        private LoadedFrame(
                FrameRequest request, Frame frame, Picture.Referred picture, long askedAt) {
            this.request = request;
            this.frame = frame;
            this.picture = picture;
            this.askedAt = askedAt;
        }

        Frame frame() {
            return frame;
        }

        /** What has come. */
        EncodedImage image() {
            return picture.image(requireNonNull(bytes));
        }

        /** How long it has waited for its picture, nanoseconds. */
        long waited() {
            return nanos.getAsLong() - askedAt;
        }

        /** The bytes of its picture are not needed any more. */
        void release() {
            fetcher.release(picture.size());
        }

        @Override
        public Picture.Referred picture() {
            return picture;
        }

        @Override
        public boolean isOver() {
            return request.promise().isDone()
                    || shedder.reason(frame.capturedAt(), request.isAboveShare()) != null;
        }

        @Override
        public void dropped() {
            if (!request.promise().isDone()) {
                request.listener().fetched(waited());
                // What is above its camera's share has not come this far.
                request.shed(frame, ShedReason.AGE);
            }
        }

        @Override
        public void gaveUp(int attempts) {
            request.failed(
                    FailureCode.IMAGE_UNREACHABLE,
                    "%s did not come within references.patience, %s, in %d attempts: replay this record when its store works"
                            .formatted(picture.uri(), giveUpAfter, attempts));
        }

        @Override
        public void refused(FrameException reason) {
            request.failed(reason);
        }

        @Override
        public void came(ByteBuffer picture) {
            bytes = picture;
            onLoaded.accept(new DecoderQueue.Work(request, this));
        }
    }
}

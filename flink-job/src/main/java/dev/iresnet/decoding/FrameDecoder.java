package dev.iresnet.decoding;

import dev.iresnet.decoding.fetch.FetchState;
import dev.iresnet.decoding.fetch.Fetcher;
import dev.iresnet.decoding.fetch.Fetching;
import dev.iresnet.engine.CropPool;
import dev.iresnet.engine.InferenceEngine;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.engine.thread.Deadline;
import dev.iresnet.engine.thread.WorkerPool;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.Picture;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Sample;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns records into crops for an engine, on threads of its own. What is wrong with a record ends
 * here, as its failure; what is wrong with the process ends the engine. Thread-safe. Records that
 * wait for a decoder are the caller's to bound.
 */
public final class FrameDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(FrameDecoder.class);

    /** Nothing native hangs on a read, so it is not waited for long. */
    private static final Duration READ_GRACE = Duration.ofSeconds(1);

    private final FrameReader reader;
    private final Preprocessor preprocessor;
    private final InferenceEngine engine;
    private final CropPool crops;
    private final LongSupplier nanos;
    private final int threads;
    private final DecoderQueue queue = new DecoderQueue();
    private final DecodingSpeed speed = new DecodingSpeed();
    private final Fetcher fetcher;
    private final ReferencedImageLoader loader;
    private final WorkerPool decoders;
    private final AtomicBoolean faultLogged = new AtomicBoolean();

    /**
     * Does nothing before {@link #start}.
     *
     * @param input the decoder's from now on
     * @param engine that it works for, and ends with
     * @param crops that are filled
     */
    public FrameDecoder(
            int threads, Input input, InferenceEngine engine, CropPool crops, LongSupplier nanos) {
        this.reader = input.reader();
        this.preprocessor = input.preprocessor();
        this.engine = engine;
        this.crops = crops;
        this.nanos = nanos;
        this.threads = threads;
        this.fetcher = new Fetcher(input.fetching(), nanos, engine::fail);
        this.loader =
                new ReferencedImageLoader(
                        fetcher,
                        engine.shedder(),
                        input.fetching().policy().giveUpAfter(),
                        nanos,
                        this::addReturned);
        this.decoders = new WorkerPool("iresnet-decoder", threads, this::run, engine::fail);
    }

    /** What a frame passes through. Called by several threads at once. */
    public record Input(FrameReader reader, Fetching fetching, Preprocessor preprocessor) {}

    /** Starts the threads. */
    public void start() {
        fetcher.start();
        decoders.start();
    }

    /** Takes a record; never blocks. Once it has returned, the end of its promise is to drop it. */
    public void add(FrameRequest request) {
        queue.add(request);
    }

    /** Lets go of a request whose promise has ended, if it waits for a decoder. */
    public void drop(FrameRequest request) {
        DecoderQueue.Work work = queue.remove(request);
        if (work != null) {
            work.release();
        }
    }

    /** The most decoding that a record can ask for; 0 if it is not counted. */
    public long mostWork() {
        return preprocessor.mostWork();
    }

    /** What all decoders together get done in this time. */
    public long decodingIn(Duration time) {
        return (long) (threads * speed.workIn(time));
    }

    /** How the fetching of referenced pictures goes. */
    public FetchState fetching() {
        return fetcher.state();
    }

    /** Interrupts the threads and ends all waiting. Requests are not answered: they end before. */
    public void end() {
        decoders.interrupt();
        fetcher.end();
        reader.close();
    }

    /** Waits for the threads after {@link #end}, and closes the preprocessor. */
    public void close(Deadline deadline) {
        if (!fetcher.join(Deadline.in(READ_GRACE, System::nanoTime))) {
            LOG.warn("Reads of referenced pictures hang; their threads are not waited for");
        }
        decoders.closeUnlessBusy(deadline, "preprocessor", preprocessor::close);
    }

    /** Takes what a decoder has seen before, and what has come for it since. */
    private void addReturned(DecoderQueue.Work work) {
        queue.addReturned(work);
        if (work.request().promise().isCompletedExceptionally()) {
            drop(work.request());
        }
    }

    /** Works until interrupted, or until the engine ends. Several threads may be in here. */
    private void run() throws InterruptedException {
        while (engine.isUsable()) {
            decodeNext();
        }
    }

    /** A method of its own, so that a thread that waits for a crop holds nothing of a record. */
    private void decodeNext() throws InterruptedException {
        // The crop comes first: time spent waiting for the device counts as queueing.
        ByteBuffer crop = crops.take();
        Decoded decoded = null;
        FrameRequest request;
        try {
            DecoderQueue.Work work = queue.take();
            request = work.request();
            decoded = decode(work, crop);
        } finally {
            if (decoded == null) {
                crops.giveBack(crop);
            }
        }
        if (decoded != null) {
            request.decoded(decoded.frame(), new Sample(crop, decoded.geometry()));
        }
    }

    /**
     * A frame that has filled a crop.
     *
     * @param geometry how the crop lies in the frame's picture
     */
    private record Decoded(Frame frame, CropGeometry geometry) {}

    /** Null if the crop is not filled. */
    private @Nullable Decoded decode(DecoderQueue.Work work, ByteBuffer crop) {
        FrameRequest request = work.request();
        try {
            if (request.promise().isDone()) {
                // Its task has ended.
                return null;
            }
            ReferencedImageLoader.LoadedFrame loaded = work.loaded();
            return loaded == null
                    ? decodeRecord(request, crop)
                    : decodeLoaded(request, loaded, crop);
        } catch (FrameException e) {
            request.failed(e);
        } catch (ImageException e) {
            request.failed(FailureCode.of(e.reason()), String.valueOf(e.getMessage()));
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // A bug of ours that this record has found. Failing the job would find it again at each
            // restart; as a dead letter the record is kept, and can be replayed when it is mended.
            if (faultLogged.compareAndSet(false, true)) {
                LOG.error(
                        "Record {} ran into a fault of the job's own; it and others like it become"
                                + " dead letters, which say what they met",
                        request.record().position(),
                        e);
            }
            request.failed(e);
        } finally {
            work.release();
        }
        return null;
    }

    private @Nullable Decoded decodeRecord(FrameRequest request, ByteBuffer crop)
            throws FrameException, ImageException {
        if (!isPrepared(request)) {
            return null;
        }
        request.listener().taken(nanos.getAsLong());
        Frame frame = reader.read(request.record());
        request.listener().read(frame.identity());
        if (isShed(request, frame)) {
            return null;
        }
        if (frame.picture() instanceof Picture.Referred referred) {
            loader.load(request, frame, referred);
            return null;
        }
        return crop(request, frame, ((Picture.Carried) frame.picture()).image(), crop);
    }

    private @Nullable Decoded decodeLoaded(
            FrameRequest request, ReferencedImageLoader.LoadedFrame loaded, ByteBuffer crop)
            throws ImageException {
        request.listener().fetched(loaded.waited());
        return isShed(request, loaded.frame())
                ? null
                : crop(request, loaded.frame(), loaded.image(), crop);
    }

    /**
     * A record whose schema has to be asked for waits without a thread, and comes back ahead of all
     * that wait for a decoder: frames behind it wait for it to leave in order.
     */
    private boolean isPrepared(FrameRequest request) {
        CompletableFuture<Void> prepared = reader.prepare(request.record());
        if (prepared.isDone() && !prepared.isCompletedExceptionally()) {
            return true;
        }
        // Counted as hardly any decoding meanwhile: else a few of these would keep all others out.
        request.listener().decodingLeft(1);
        var unused =
                prepared.whenComplete(
                        (done, failure) -> {
                            if (failure == null) {
                                request.listener().decodingLeft(preprocessor.mostWork());
                                addReturned(new DecoderQueue.Work(request, null));
                            } else if (failure instanceof FrameException refusal) {
                                request.failed(refusal);
                            } else if (!prepared.isCancelled()) {
                                request.failed(failure);
                            }
                        });
        // Its task has ended, or the engine has: nothing is to keep the record in memory.
        var unusedEnd = request.promise().whenComplete((o, failure) -> prepared.cancel(false));
        return false;
    }

    private Decoded crop(FrameRequest request, Frame frame, EncodedImage image, ByteBuffer crop)
            throws ImageException {
        long begun = nanos.getAsLong();
        long[] told = {0};
        CropGeometry geometry =
                preprocessor.crop(
                        image,
                        crop,
                        work -> {
                            told[0] = work;
                            request.listener().decodingLeft(work);
                        });
        if (told[0] > 0) {
            speed.observe(told[0], nanos.getAsLong() - begun);
        }
        request.listener().decodingLeft(0);
        request.listener().decoded(nanos.getAsLong());
        return new Decoded(frame, geometry);
    }

    private boolean isShed(FrameRequest request, Frame frame) {
        ShedReason reason = engine.shedder().reason(frame.capturedAt(), request.isAboveShare());
        if (reason != null) {
            request.shed(frame, reason);
        }
        return reason != null;
    }
}

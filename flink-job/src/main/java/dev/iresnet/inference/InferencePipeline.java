package dev.iresnet.inference;

import dev.iresnet.decoding.FrameDecoder;
import dev.iresnet.decoding.FrameRequest;
import dev.iresnet.decoding.fetch.FetchState;
import dev.iresnet.engine.Host;
import dev.iresnet.engine.Inference;
import dev.iresnet.engine.InferenceEngine;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.engine.thread.Deadline;
import dev.iresnet.engine.thread.Promises;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.SchemaLookups;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.model.Sample;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decoders before an engine: records in, outcomes out. It fails with its engine, and is of no use
 * thereafter. Records that wait for a decoder are the caller's to bound.
 */
public final class InferencePipeline implements InferenceClient {
    private static final Logger LOG = LoggerFactory.getLogger(InferencePipeline.class);

    private final PipelineOptions options;
    private final Host host;
    private final FrameReader reader;
    private final InferenceEngine engine;
    private final FrameDecoder decoder;
    private final Promises<FrameOutcome> pending = new Promises<>();
    private boolean closed;

    private InferencePipeline(
            Stages stages, PipelineOptions options, ModelSupply supply, Host host) {
        this.options = options;
        this.host = host;
        this.reader = stages.reader();
        this.engine =
                new InferenceEngine(stages.model(), options.engine(), supply, host, this::end);
        this.decoder =
                new FrameDecoder(
                        options.engine().decoderThreads(),
                        new FrameDecoder.Input(reader, stages.fetching(), stages.preprocessor()),
                        engine,
                        host.clocks().nanos());
    }

    /** Starts one, which owns the stages: it closes them at its end, or if it cannot start. */
    public static InferencePipeline start(Stages stages, PipelineOptions options) {
        return start(stages, options, ModelSupply.NONE);
    }

    /** The same with other versions of the model to come. */
    public static InferencePipeline start(
            Stages stages, PipelineOptions options, ModelSupply supply) {
        return start(stages, options, supply, Host.SYSTEM);
    }

    static InferencePipeline start(
            Stages stages, PipelineOptions options, ModelSupply supply, Host host) {
        InferencePipeline pipeline;
        try {
            pipeline = new InferencePipeline(stages, options, supply, host);
        } catch (RuntimeException | Error e) {
            stages.close();
            throw e;
        }
        try {
            pipeline.decoder.start();
            pipeline.engine.start();
            LOG.info(
                    "Started an engine for {} with {}",
                    stages.model().description().name(),
                    options);
        } catch (RuntimeException | Error e) {
            // also ends the threads that have been started
            pipeline.close();
            throw e;
        }
        return pipeline;
    }

    @Override
    public CompletableFuture<FrameOutcome> submit(RawRecord record, FrameListener listener) {
        listener.received(host.clocks().nanos().getAsLong());
        CompletableFuture<FrameOutcome> promise = pending.promise();
        if (!promise.isDone()) {
            FrameInFlight frame = new FrameInFlight(record, promise, listener);
            decoder.add(frame);
            // The engine outlives the tasks that cancel: their records must not stay in it.
            var unused =
                    promise.whenComplete(
                            (outcome, failure) -> {
                                if (failure != null) {
                                    drop(frame);
                                }
                            });
        }
        return promise;
    }

    @Override
    public long mostWork() {
        return decoder.mostWork();
    }

    /** All decoders together, which all users of this engine share. */
    @Override
    public long decodingIn(Duration time) {
        return decoder.decodingIn(time);
    }

    /** What the decoders work for. */
    public InferenceEngine engine() {
        return engine;
    }

    /** Records submitted and not answered. */
    public int pending() {
        return pending.size();
    }

    /** How the lookup of writer schemas goes. */
    public SchemaLookups lookups() {
        return reader.lookups();
    }

    /** How the fetching of referenced pictures goes. */
    public FetchState fetching() {
        return decoder.fetching();
    }

    /** False once it has failed or been closed: it will label no more. */
    public boolean isUsable() {
        return engine.isUsable() && !pending.hasEnded();
    }

    /** Why it has failed; empty while it has not, also if it has been closed. */
    Optional<Throwable> failure() {
        return engine.failure();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // One for all: Flink closes engines on the thread that answers its heartbeats.
        Deadline deadline = Deadline.in(host.closeGrace(), host.clocks().nanos());
        CancellationException reason = new CancellationException("the engine has been closed");
        engine.end(reason);
        end(reason);
        decoder.close(deadline);
        engine.close(deadline);
    }

    /** Promises end first, because threads may hang. */
    private void end(Throwable reason) {
        pending.end(reason);
        decoder.end();
    }

    private void drop(FrameInFlight frame) {
        pending.forget(frame.promise);
        decoder.drop(frame);
        frame.cancelInference();
    }

    /** A record on its way. */
    private final class FrameInFlight implements FrameRequest {
        private final RawRecord record;
        private final CompletableFuture<FrameOutcome> promise;
        private final boolean aboveShare;
        private final FrameListener listener;
        private volatile @Nullable CompletableFuture<Inference> inference;

        FrameInFlight(
                RawRecord record, CompletableFuture<FrameOutcome> promise, FrameListener listener) {
            this.record = record;
            this.promise = promise;
            this.listener = listener;
            // Cameras are told apart by the records' keys: at this point nothing is decoded.
            this.aboveShare = engine.shedder().isAboveShare(record.key(), promise);
        }

        @Override
        public RawRecord record() {
            return record;
        }

        @Override
        public CompletableFuture<?> promise() {
            return promise;
        }

        @Override
        public boolean isAboveShare() {
            return aboveShare;
        }

        @Override
        public FrameListener listener() {
            return listener;
        }

        @Override
        public void decoded(Frame frame, Sample sample) {
            CompletableFuture<Inference> submitted =
                    engine.submit(sample, frame.capturedAt(), aboveShare);
            inference = submitted;
            // If the engine fails, all promises end; this one's failure says nothing more.
            CropGeometry picture = sample.geometry();
            var unused = submitted.thenAccept(done -> answer(frame, picture, done));
            if (promise.isCompletedExceptionally()) {
                cancelInference();
            }
        }

        @Override
        public void shed(Frame frame, ShedReason reason) {
            listener.shed(reason);
            Instant now = host.clocks().wall().instant();
            if (options.labeling().staleFails()) {
                keep(Labeling.staleFailure(record, frame, reason, now, options.engine().maxAge()));
            } else {
                keep(Labeling.stale(record, frame, engine.model(), now, listener.timings()));
            }
        }

        @Override
        public void failed(FailureCode code, String message) {
            keep(new FrameFailure(record, code, message));
        }

        /** On a device thread: whatever goes wrong here ends the engine, as on the device. */
        private void answer(Frame frame, CropGeometry picture, Inference done) {
            try {
                listener.batched(done.batchedAt());
                if (done instanceof Inference.Done scored) {
                    Inference.Batch batch = scored.batch();
                    listener.inferred(batch.doneAt(), batch.size(), scored.firstOfBatch());
                    keep(
                            options.labeling()
                                    .result(record, frame, picture, scored, listener.timings()));
                } else if (done instanceof Inference.Shed shed) {
                    shed(frame, shed.reason());
                } else {
                    failed(
                            FailureCode.RESULT_NOT_FINITE,
                            "the network's output for this frame is not all numbers, or has a box"
                                    + " that ends before it begins; the batch's other frames are"
                                    + " not touched");
                }
            } catch (RuntimeException | Error e) {
                engine.fail(e);
            }
        }

        private void keep(FrameOutcome outcome) {
            pending.keep(promise, outcome);
        }

        private void cancelInference() {
            CompletableFuture<Inference> submitted = inference;
            if (submitted != null) {
                submitted.cancel(false);
            }
        }
    }
}

package dev.iresnet.inference;

import dev.iresnet.clip.Clip;
import dev.iresnet.decoding.FrameDecoder;
import dev.iresnet.decoding.fetch.FetchState;
import dev.iresnet.engine.CropPool;
import dev.iresnet.engine.Host;
import dev.iresnet.engine.InferenceEngine;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.engine.thread.Deadline;
import dev.iresnet.engine.thread.Promises;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.SchemaLookups;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decoders before an engine: records in, outcomes out. With a model for clips a record's outcome is
 * a crop, and clips of these go to the engine. It fails with its engine, and is of no use
 * thereafter. Records that wait for a decoder, and clips, are the caller's to bound.
 */
public final class InferencePipeline implements InferenceClient {
    private static final Logger LOG = LoggerFactory.getLogger(InferencePipeline.class);

    private final Host host;
    private final FrameReader reader;
    private final InferenceEngine engine;
    private final FrameDecoder decoder;
    private final ClipInference clips;
    private final Promises<FrameOutcome> pending = new Promises<>();
    private final Answers answers;

    /** Of a pipeline for clips: decoded frames do not wait for the device there. */
    private final @Nullable CropPool frameCrops;

    private boolean closed;

    private InferencePipeline(
            Stages stages, PipelineOptions options, ModelSupply supply, Host host) {
        this.host = host;
        this.reader = stages.reader();
        this.engine =
                new InferenceEngine(stages.model(), options.engine(), supply, host, this::end);
        ModelDescription model = stages.model().description();
        this.frameCrops =
                model.clip().isPresent()
                        ? new CropPool(
                                options.engine().decoderThreads(),
                                model.preprocessing().cropBytes())
                        : null;
        this.decoder =
                new FrameDecoder(
                        options.engine().decoderThreads(),
                        new FrameDecoder.Input(reader, stages.fetching(), stages.preprocessor()),
                        engine,
                        frameCrops == null ? engine.crops() : frameCrops,
                        host.clocks().nanos());
        this.answers = new Answers(engine, options, host, pending);
        this.clips = new ClipInference(answers);
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
            if (pipeline.frameCrops != null) {
                pipeline.clips.start();
            }
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
            FrameInFlight frame =
                    frameCrops == null
                            ? new FrameInFlight.ToBeLabelled(record, promise, listener, answers)
                            : new FrameInFlight.ToBeCropped(
                                    record, promise, listener, answers, frameCrops);
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
    public CompletableFuture<FrameOutcome> submit(Clip clip, FrameListener listener) {
        return clips.submit(clip, listener);
    }

    @Override
    public ModelDescription model() {
        return engine.model();
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

    /** The device, which all users of this engine share. */
    @Override
    public long clipsIn(Duration time) {
        return engine.samplesIn(time);
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
        clips.close(deadline);
        engine.close(deadline);
    }

    /** Promises end first, because threads may hang. */
    private void end(Throwable reason) {
        pending.end(reason);
        decoder.end();
        clips.end();
    }

    private void drop(FrameInFlight frame) {
        pending.forget(frame.promise());
        decoder.drop(frame);
        frame.cancelInference();
    }
}

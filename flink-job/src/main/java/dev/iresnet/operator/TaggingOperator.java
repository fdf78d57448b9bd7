package dev.iresnet.operator;

import static java.time.Instant.ofEpochMilli;
import static java.util.Objects.requireNonNull;

import dev.iresnet.event.RawRecord;
import dev.iresnet.operator.InFlightQueue.Entry;
import dev.iresnet.operator.InFlightQueue.Frame;
import dev.iresnet.operator.InFlightQueue.Signal;
import dev.iresnet.serving.Outcome;
import dev.iresnet.serving.Tagger;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a bounded number of frames at the tagger and emits what became of them in the order of
 * their coming in: labels to the main output, dead letters to {@link #DEAD_LETTERS}.
 *
 * <p>It has no state. Before each barrier, and at the end of input, it waits until nothing is in
 * flight; so no checkpoint, aligned or not, ever holds an image, and a rescaled job finds no frames
 * of one camera in two subtasks. The price is one drain a checkpoint. Flink's {@code
 * AsyncWaitOperator} keeps its elements in operator state instead, which is handed out round-robin
 * when the parallelism changes.
 *
 * <p>Everything but {@link #wake} runs on the task thread. Where this operator has to wait it
 * yields to the mailbox, so that completions, which arrive as mails, and the operators behind it go
 * on.
 */
final class TaggingOperator extends AbstractStreamOperator<OutboundRecord>
        implements OneInputStreamOperator<RawRecord, OutboundRecord> {

    static final OutputTag<OutboundRecord> DEAD_LETTERS =
            new OutputTag<>("dead-letters", ElementTypes.OUTBOUND_RECORD);

    private final MailboxExecutor mailbox;
    private final TaggerProvider taggers;
    private final OutcomeEncoder encoder;
    private final InFlightLimit limit;
    private final InFlightQueue inFlight;

    /** Whether the task thread waits for decoders: only then do they send mails. */
    private volatile boolean awaitsDecoding;

    /** Whether a mail that will look at the queue is on its way: there is never more than one. */
    private final AtomicBoolean mailSent = new AtomicBoolean();

    private @Nullable Tagger tagger;
    private @Nullable TaggingMetrics tagging;
    private volatile boolean closed;

    TaggingOperator(
            StreamOperatorParameters<OutboundRecord> parameters,
            TaggerProvider taggers,
            OutcomeEncoder encoder,
            InFlightLimit limit) {
        super(parameters);
        this.mailbox = parameters.getMailboxExecutor();
        this.taggers = taggers;
        this.encoder = encoder;
        this.limit = limit;
        this.inFlight = new InFlightQueue(limit);
    }

    @Override
    public void open() throws Exception {
        super.open();
        try {
            tagger = taggers.open(getRuntimeContext());
        } catch (TaggingException | EngineException | UncheckedIOException e) {
            throw e; // has said so already
        } catch (RuntimeException e) {
            throw new TaggingException("The model cannot be used: " + e.getMessage(), e);
        }
        warnOfPicturesThatTakeTooLong(tagger);
        tagging = new TaggingMetrics(getMetricGroup(), inFlight::frames, inFlight::bytes);
    }

    /** Each slot lets one in, whatever it takes, and the slots share the decoders. */
    private void warnOfPicturesThatTakeTooLong(Tagger open) {
        if (open.mostWork() > open.decodingIn(limit.decoding())) {
            LOG.warn(
                    "A picture of image.max-work = {} may take the slots of this task manager more than {}, half of the checkpoint timeout: lower image.max-work, or raise decode.threads or checkpoint.timeout",
                    open.mostWork(),
                    limit.decoding());
        }
    }

    @Override
    public void processElement(StreamRecord<RawRecord> element) throws Exception {
        long timestamp =
                element.hasTimestamp() ? element.getTimestamp() : TimestampAssigner.NO_TIMESTAMP;
        RawRecord record = element.getValue();
        long bytes = record.memory();
        Tagger open = requireNonNull(tagger);
        LongConsumer decoding = awaitDecodingAndRoomFor(bytes, open);
        requireNonNull(tagging).frameIn();
        CompletableFuture<Outcome> outcome = open.submit(record, decoding);
        inFlight.add(
                new Frame(outcome, bytes, timestamp),
                () -> {
                    decoding.accept(0);
                    wake();
                });
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        inTurn(() -> super.processWatermark(mark));
    }

    @Override
    public void processWatermark(WatermarkEvent watermark) throws Exception {
        inTurn(() -> super.processWatermark(watermark));
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        inTurn(() -> super.processWatermarkStatus(status));
    }

    @Override
    public void processLatencyMarker(LatencyMarker marker) throws Exception {
        inTurn(() -> super.processLatencyMarker(marker));
    }

    @Override
    public void processRecordAttributes(RecordAttributes attributes) throws Exception {
        inTurn(() -> super.processRecordAttributes(attributes));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        drain();
    }

    @Override
    public void finish() throws Exception {
        drain();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        closed = true;
        inFlight.cancel();
        if (tagger != null) {
            tagger.close();
        }
        super.close();
    }

    private void inTurn(ThrowingRunnable<Exception> emission) throws Exception {
        awaitRoomFor(0);
        inFlight.add(new Signal(emission));
        emitReady();
    }

    private void awaitRoomFor(long bytes) throws InterruptedException {
        while (!inFlight.hasRoomFor(bytes)) {
            mailbox.yield();
        }
    }

    /** What is to be told how much of the record is left to decode. */
    private LongConsumer awaitDecodingAndRoomFor(long bytes, Tagger open)
            throws InterruptedException {
        long most = open.mostWork();
        awaitsDecoding = true;
        while (!inFlight.mayDecode(most, open.decodingIn(limit.decoding()))) {
            mailbox.yield();
        }
        awaitsDecoding = false;
        awaitRoomFor(bytes);
        return inFlight.decoding(most, this::decodingLess);
    }

    private void decodingLess() {
        if (awaitsDecoding) {
            wake();
        }
    }

    private void drain() throws InterruptedException {
        while (!inFlight.isEmpty()) {
            mailbox.yield();
        }
    }

    /** Called by any thread when a frame is done. A batch's worth of calls makes one mail. */
    private void wake() {
        if (closed || !mailSent.compareAndSet(false, true)) {
            return;
        }
        try {
            mailbox.execute(this::onMail, "emit what became of frames");
        } catch (RejectedExecutionException e) {
            LOG.debug("The task is ending: the frame will be read again after recovery", e);
        }
    }

    private void onMail() throws Exception {
        // before looking, so that whatever completes from here on sends another mail
        mailSent.set(false);
        emitReady();
    }

    private void emitReady() throws Exception {
        for (Entry entry = inFlight.poll(); entry != null; entry = inFlight.poll()) {
            if (entry instanceof Frame frame) {
                emit(frame);
            } else if (entry instanceof Signal signal) {
                signal.emission().run();
            }
        }
    }

    private void emit(Frame frame) {
        Outcome outcome = outcomeOf(frame);
        count(outcome);
        send(outcome instanceof Outcome.Shed shed ? shed.answer() : outcome, frame);
    }

    private void count(Outcome outcome) {
        TaggingMetrics metrics = requireNonNull(tagging);
        if (outcome instanceof Outcome.Labeled labeled) {
            metrics.labelled(
                    labeled, ofEpochMilli(processingTimeService.getCurrentProcessingTime()));
        } else if (outcome instanceof Outcome.Failed failed) {
            metrics.deadLettered(failed.code());
        } else if (outcome instanceof Outcome.Shed shed) {
            metrics.shed(shed);
        }
    }

    private void send(Outcome answer, Frame frame) {
        if (answer instanceof Outcome.Labeled labeled) {
            output.collect(stamped(encoder.result(labeled), frame));
        } else if (answer instanceof Outcome.Failed failed) {
            output.collect(DEAD_LETTERS, stamped(encoder.deadLetter(failed), frame));
        }
    }

    private static Outcome outcomeOf(Frame frame) {
        try {
            return frame.outcome().join();
        } catch (CancellationException e) {
            // not the model's fault: a restart gets a new engine
            throw new IllegalStateException("The engine was closed under the task", e);
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof Error error) {
                // the process is at fault, not the model: Flink knows which errors it survives
                throw error;
            }
            // Whatever it is: the model could be loaded, so it is worth another engine.
            throw new EngineException(
                    "The model or its device failed while labelling, and the job restarts with a"
                            + " new engine: "
                            + cause.getMessage(),
                    cause);
        }
    }

    private static StreamRecord<OutboundRecord> stamped(OutboundRecord record, Frame frame) {
        long timestamp = frame.timestamp();
        return timestamp == TimestampAssigner.NO_TIMESTAMP
                ? new StreamRecord<>(record)
                : new StreamRecord<>(record, timestamp);
    }
}

package dev.iresnet.operator;

import static java.time.Instant.ofEpochMilli;
import static java.util.Objects.requireNonNull;

import dev.iresnet.inference.InferenceClient;
import dev.iresnet.operator.InFlightQueue.Entry;
import dev.iresnet.operator.InFlightQueue.InFlightFrame;
import dev.iresnet.operator.InFlightQueue.Signal;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
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
 * Keeps a bounded number of elements at the engine and emits what became of them in the order of
 * their coming in.
 *
 * <p>What is in flight is in no state. Before each barrier, and at the end of input, it waits until
 * nothing is in flight; so no checkpoint, aligned or not, ever holds an element, and a rescaled job
 * finds no frames of one camera in two subtasks. The price is one drain a checkpoint. Flink's
 * {@code AsyncWaitOperator} keeps its elements in operator state instead, which is handed out
 * round-robin when the parallelism changes.
 *
 * <p>Everything but {@link #wake} runs on the task thread. Where this operator has to wait it
 * yields to the mailbox, so that completions, which arrive as mails, and the operators behind it go
 * on.
 *
 * @param <I> what goes to the engine
 * @param <O> what comes of it, but for what goes to side outputs
 */
public abstract class OrderedOperator<I, O> extends AbstractStreamOperator<O>
        implements OneInputStreamOperator<I, O> {

    /** Side output of the records that cannot be labelled. */
    public static final OutputTag<FrameFailure> DEAD_LETTERS =
            new OutputTag<>("dead-letters", ElementTypes.FRAME_FAILURE);

    private final MailboxExecutor mailbox;
    private final InferenceClientProvider clients;
    private final InFlightLimit limit;
    private final InFlightQueue inFlight;

    /** Whether the task thread waits for decoders: only then do they send mails. */
    private volatile boolean awaitsDecoding;

    /** Whether a mail that will look at the queue is on its way: there is never more than one. */
    private final AtomicBoolean mailSent = new AtomicBoolean();

    private @Nullable InferenceClient client;
    private @Nullable FrameMetrics frameMetrics;
    private volatile boolean closed;

    protected OrderedOperator(
            StreamOperatorParameters<O> parameters,
            InferenceClientProvider clients,
            InFlightLimit limit) {
        super(parameters);
        this.mailbox = parameters.getMailboxExecutor();
        this.clients = clients;
        this.limit = limit;
        this.inFlight = new InFlightQueue(limit);
    }

    /** What an element keeps in memory while it is in flight. */
    protected abstract long bytes(I element);

    /** Takes an element to the engine; never blocks. */
    protected abstract CompletableFuture<FrameOutcome> submit(
            InferenceClient engine, I element, FrameListener listener);

    /**
     * Emits an outcome in its turn, by {@link #collect} or to a side output. A failure has gone to
     * {@link #DEAD_LETTERS} already.
     *
     * @param listener of the element
     * @param timestamp Flink's timestamp of the element, or {@link TimestampAssigner#NO_TIMESTAMP}
     */
    protected abstract void emit(FrameOutcome outcome, FrameListener listener, long timestamp);

    /** The engine, once this is open. */
    protected final InferenceClient engine() {
        return requireNonNull(client);
    }

    /** The most decoding that an element can ask for, see {@link InferenceClient#mostWork}. */
    protected long mostWork(InferenceClient engine) {
        return engine.mostWork();
    }

    /** Elements in flight at most, which may change; one may always be. */
    protected long mostInFlight(InferenceClient engine) {
        return Long.MAX_VALUE;
    }

    @Override
    public void open() throws Exception {
        super.open();
        try {
            client = clients.open(getRuntimeContext());
        } catch (TaggingException | EngineException | UncheckedIOException e) {
            throw e; // has said so already
        } catch (RuntimeException e) {
            throw new TaggingException("The model cannot be used: " + e.getMessage(), e);
        }
        warnOfPicturesThatTakeTooLong(client);
        frameMetrics = new FrameMetrics(getMetricGroup(), inFlight::frames, inFlight::bytes);
    }

    /** Each slot lets one in, whatever it takes, and the slots share the decoders. */
    private void warnOfPicturesThatTakeTooLong(InferenceClient engine) {
        if (mostWork(engine) > engine.decodingIn(limit.decoding())) {
            LOG.warn(
                    "A picture of image.max-work = {} may take the slots of this task manager more"
                            + " than {}, half of the checkpoint timeout: lower image.max-work, or raise"
                            + " decode.threads or checkpoint.timeout",
                    engine.mostWork(),
                    limit.decoding());
        }
    }

    @Override
    public void processElement(StreamRecord<I> element) throws Exception {
        long timestamp =
                element.hasTimestamp() ? element.getTimestamp() : TimestampAssigner.NO_TIMESTAMP;
        I value = element.getValue();
        long bytes = bytes(value);
        InferenceClient engine = engine();
        LongConsumer decoding = awaitDecodingAndRoomFor(bytes, engine);
        FrameListener listener = requireNonNull(frameMetrics).ofFrame(decoding);
        inFlight.add(
                new InFlightFrame(submit(engine, value, listener), bytes, timestamp, listener),
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
        if (client != null) {
            client.close();
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
    private LongConsumer awaitDecodingAndRoomFor(long bytes, InferenceClient engine)
            throws InterruptedException {
        long most = mostWork(engine);
        awaitsDecoding = true;
        while (!inFlight.mayDecode(most, engine.decodingIn(limit.decoding()))
                || !inFlight.hasFewerThan(mostInFlight(engine))) {
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
            if (entry instanceof InFlightFrame frame) {
                emit(frame);
            } else if (entry instanceof Signal signal) {
                signal.emission().run();
            }
        }
    }

    private void emit(InFlightFrame frame) {
        FrameOutcome outcome = frame.answer();
        frame.listener()
                .emitted(outcome, ofEpochMilli(processingTimeService.getCurrentProcessingTime()));
        if (outcome instanceof FrameFailure failure) {
            collect(DEAD_LETTERS, failure, frame.timestamp());
        }
        emit(outcome, frame.listener(), frame.timestamp());
    }

    protected final void collect(O element, long timestamp) {
        output.collect(stamped(element, timestamp));
    }

    protected final <T> void collect(OutputTag<T> side, T element, long timestamp) {
        output.collect(side, stamped(element, timestamp));
    }

    private static <T> StreamRecord<T> stamped(T element, long timestamp) {
        return timestamp == TimestampAssigner.NO_TIMESTAMP
                ? new StreamRecord<>(element)
                : new StreamRecord<>(element, timestamp);
    }
}

package dev.iresnet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.event.RawRecord;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import java.util.Collection;
import java.util.List;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The operator in Flink's harness, and what tests do with it. */
final class OperatorHarness {
    private OperatorHarness() {}

    static OneInputStreamOperatorTestHarness<RawRecord, FrameResult> open(
            ManualClient client, int frames) throws Exception {
        return open(client, new InFlightLimit(frames, Long.MAX_VALUE));
    }

    static OneInputStreamOperatorTestHarness<RawRecord, FrameResult> open(
            ManualClient client, InFlightLimit limit) throws Exception {
        var harness = harness(context -> client, limit);
        harness.open();
        return harness;
    }

    static OneInputStreamOperatorTestHarness<RawRecord, FrameResult> harness(
            InferenceClientProvider clients, InFlightLimit limit) throws Exception {
        var harness =
                new OneInputStreamOperatorTestHarness<RawRecord, FrameResult>(
                        new InferenceOperatorFactory(clients, limit), new RawRecordSerializer());
        harness.setup(new FrameResultSerializer());
        return harness;
    }

    static void runMails(OneInputStreamOperatorTestHarness<RawRecord, FrameResult> harness)
            throws Exception {
        TaskMailbox mailbox = harness.getTaskMailbox();
        while (mailbox.hasMail()) {
            mailbox.take(TaskMailbox.MIN_PRIORITY).run();
        }
    }

    static List<String> described(Collection<?> output) {
        return output.stream()
                .map(
                        element ->
                                element instanceof Watermark mark
                                        ? "watermark " + mark.getTimestamp()
                                        : text((StreamRecord<?>) element))
                .toList();
    }

    private static String text(StreamRecord<?> element) {
        FrameOutcome outcome = (FrameOutcome) element.getValue();
        String frame = "frame " + outcome.source().offset();
        return outcome instanceof FrameFailure ? "dead " + frame : frame;
    }

    static Thread start(Answering answering) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                answering.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        thread.start();
        return thread;
    }

    interface Answering {
        void run() throws InterruptedException;
    }

    static void isFatal(Throwable failure) {
        assertThat(
                        ThrowableClassifier.findThrowableOfThrowableType(
                                failure, ThrowableType.NonRecoverableError))
                .isPresent();
    }

    static void isNotFatal(Throwable failure) {
        assertThat(
                        ThrowableClassifier.findThrowableOfThrowableType(
                                failure, ThrowableType.NonRecoverableError))
                .isEmpty();
    }
}

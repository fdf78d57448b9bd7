package dev.iresnet.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.iresnet.event.RawRecord;
import dev.iresnet.serving.Outcome;
import java.util.Collection;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The operator in Flink's harness, and what tests do with it. */
final class OperatorHarness {
    private OperatorHarness() {}

    static OneInputStreamOperatorTestHarness<RawRecord, OutboundRecord> open(
            ManualTagger tagger, int frames) throws Exception {
        return open(tagger, new InFlightLimit(frames, Long.MAX_VALUE));
    }

    static OneInputStreamOperatorTestHarness<RawRecord, OutboundRecord> open(
            ManualTagger tagger, InFlightLimit limit) throws Exception {
        var harness = harness(context -> tagger, limit);
        harness.open();
        return harness;
    }

    static OneInputStreamOperatorTestHarness<RawRecord, OutboundRecord> harness(
            TaggerProvider taggers, InFlightLimit limit) throws Exception {
        var harness =
                new OneInputStreamOperatorTestHarness<RawRecord, OutboundRecord>(
                        new TaggingOperatorFactory(taggers, new PlainEncoder(), limit),
                        new RawRecordSerializer());
        harness.setup(new OutboundRecordSerializer());
        return harness;
    }

    static void runMails(OneInputStreamOperatorTestHarness<RawRecord, OutboundRecord> harness)
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
        OutboundRecord record = (OutboundRecord) element.getValue();
        return new String(requireNonNull(record.value()), UTF_8);
    }

    /** The value that came in goes out. */
    static final class PlainEncoder implements OutcomeEncoder {
        @Override
        public OutboundRecord result(Outcome.Labeled labeled) {
            RawRecord record = labeled.record();
            return new OutboundRecord(record.key(), record.value(), record.headers());
        }

        @Override
        public OutboundRecord deadLetter(Outcome.Failed failed) {
            String text = "dead " + new String(requireNonNull(failed.record().value()), UTF_8);
            return new OutboundRecord(
                    failed.record().key(), text.getBytes(UTF_8), failed.record().headers());
        }
    }
}

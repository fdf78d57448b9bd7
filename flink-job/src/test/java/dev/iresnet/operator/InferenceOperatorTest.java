package dev.iresnet.operator;

import static dev.iresnet.operator.OperatorHarness.described;
import static dev.iresnet.operator.OperatorHarness.harness;
import static dev.iresnet.operator.OperatorHarness.open;
import static dev.iresnet.operator.OperatorHarness.runMails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try") // the harness may be interrupted while it closes
class InferenceOperatorTest {
    private final ManualClient client = new ManualClient();

    @Property(tries = 100)
    void nothingOvertakesAnything(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int elements) throws Exception {
        ManualClient client = new ManualClient();
        Random random = new Random(seed);
        try (var harness = open(client, elements)) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < elements; i++) {
                if (random.nextInt(4) == 0) {
                    harness.processWatermark(i);
                    expected.add("watermark " + i);
                } else {
                    harness.processElement(Frames.frame(i), i);
                    expected.add("frame " + i);
                }
                if (random.nextInt(8) == 0) {
                    answerSome(client, random);
                    runMails(harness);
                }
            }
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, client.submitted()).boxed().toList());
            Collections.shuffle(order, random);
            for (int index : order) {
                client.label(index);
                if (random.nextBoolean()) {
                    runMails(harness);
                }
            }
            runMails(harness);
            assertThat(described(harness.getOutput())).isEqualTo(expected);
        }
    }

    @Test
    void passesSignalsOnInTheirTurn() throws Exception {
        try (var harness = open(client, 8)) {
            harness.processElement(Frames.frame(0), 0);
            LatencyMarker marker = new LatencyMarker(1, new OperatorID(), 0);
            RecordAttributes attributes = new RecordAttributes(true);
            harness.getOneInputOperator().processLatencyMarker(marker);
            harness.processWatermarkStatus(WatermarkStatus.IDLE);
            harness.processRecordAttributes(attributes);
            assertThat(harness.getOutput()).isEmpty();

            client.label(0);
            runMails(harness);
            assertThat(harness.getOutput().stream().skip(1))
                    .containsExactly(marker, WatermarkStatus.IDLE, attributes);
        }
    }

    @Test
    void passesSignalsOnAtOnceWhenNothingIsInFlight() throws Exception {
        try (var harness = open(client, 8)) {
            harness.processWatermark(7);
            assertThat(harness.getOutput()).containsExactly(new Watermark(7));
        }
    }

    @Test
    void keepsFlinksTimestamps() throws Exception {
        try (var harness = open(client, 8)) {
            harness.processElement(new StreamRecord<>(Frames.frame(0), 42));
            harness.processElement(new StreamRecord<>(Frames.frame(1)));
            client.label(0);
            client.label(1);
            runMails(harness);
            List<StreamRecord<? extends FrameResult>> records =
                    harness.extractOutputStreamRecords();
            assertThat(records.get(0).getTimestamp()).isEqualTo(42);
            assertThat(records.get(1).hasTimestamp()).isFalse();
        }
    }

    @Test
    void holdsNoMoreThanItsCapacityAndNoLess() throws Exception {
        int capacity = 4;
        AtomicInteger mostAtOnce = new AtomicInteger();
        try (var harness = open(client, capacity)) {
            Thread answers =
                    OperatorHarness.start(
                            () -> {
                                for (int i = 0; i < 40; i++) {
                                    // one more is let in for each that is answered
                                    client.awaitSubmitted(Math.min(i + capacity, 40));
                                    mostAtOnce.accumulateAndGet(client.submitted() - i, Math::max);
                                    client.label(i);
                                }
                            });
            for (int i = 0; i < 40; i++) {
                harness.processElement(Frames.frame(i), i);
            }
            harness.prepareSnapshotPreBarrier(1);
            answers.join();
            assertThat(mostAtOnce).hasValue(capacity);
            assertThat(harness.extractOutputValues()).hasSize(40);
        }
    }

    @Test
    void drainsBeforeTheBarrierAndHasNoState() throws Exception {
        try (var harness = open(client, 64)) {
            for (int i = 0; i < 40; i++) {
                harness.processElement(Frames.frame(i), i);
            }
            Thread answers =
                    OperatorHarness.start(
                            () -> IntStream.range(0, 40).forEach(i -> client.label(39 - i)));
            harness.prepareSnapshotPreBarrier(1);
            answers.join();
            assertThat(harness.extractOutputValues()).hasSize(40);

            OperatorSubtaskState state = harness.snapshot(1, 1);
            assertThat(state.hasState()).isFalse();
            assertThat(state.getStateSize()).isZero();
        }
    }

    @Test
    void endsOnlyAfterTheLastFrame() throws Exception {
        try (var harness = open(client, 64)) {
            for (int i = 0; i < 5; i++) {
                harness.processElement(Frames.frame(i), i);
            }
            Thread answers =
                    OperatorHarness.start(() -> IntStream.range(0, 5).forEach(client::label));
            harness.endInput();
            harness.getOneInputOperator().finish();
            answers.join();
            assertThat(described(harness.getOutput()))
                    .containsExactly("frame 0", "frame 1", "frame 2", "frame 3", "frame 4");
        }
    }

    @Test
    void sendsBadRecordsToTheSide() throws Exception {
        try (var harness = open(client, 8)) {
            for (int i = 0; i < 3; i++) {
                harness.processElement(Frames.frame(i), i);
            }
            client.label(0);
            client.fail(1);
            client.label(2);
            runMails(harness);
            assertThat(described(harness.getOutput())).containsExactly("frame 0", "frame 2");
            Queue<StreamRecord<FrameFailure>> side =
                    harness.getSideOutput(InferenceOperatorFactory.DEAD_LETTERS);
            assertThat(described(side)).containsExactly("dead frame 1");
        }
    }

    @Test
    void answersShedFramesInTheirTurnAsTheirAnswerSays() throws Exception {
        try (var harness = open(client, 8)) {
            for (int i = 0; i < 3; i++) {
                harness.processElement(Frames.frame(i), i);
            }
            client.shed(2, false);
            client.shed(1, true);
            runMails(harness);
            assertThat(harness.getOutput()).isEmpty();
            client.label(0);
            runMails(harness);
            assertThat(described(harness.getOutput())).containsExactly("frame 0", "frame 2");
            Queue<StreamRecord<FrameFailure>> side =
                    harness.getSideOutput(InferenceOperatorFactory.DEAD_LETTERS);
            assertThat(described(side)).containsExactly("dead frame 1");
        }
    }

    @Test
    void aBatchOfAnswersMakesOneMail() throws Exception {
        try (var harness = open(client, 64)) {
            for (int i = 0; i < 32; i++) {
                harness.processElement(Frames.frame(i), i);
            }
            IntStream.range(0, 32).forEach(client::label);
            assertThat(harness.getTaskMailbox().size()).isEqualTo(1);
            runMails(harness);
            assertThat(harness.extractOutputValues()).hasSize(32);
        }
    }

    private static void answerSome(ManualClient client, Random random) {
        for (int index = 0; index < client.submitted(); index++) {
            if (random.nextInt(3) == 0) {
                client.label(index);
            }
        }
    }
}

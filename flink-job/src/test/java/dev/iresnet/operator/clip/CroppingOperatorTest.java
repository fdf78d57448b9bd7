package dev.iresnet.operator.clip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.clip.CameraFrame;
import dev.iresnet.clip.ClipOptions;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.operator.InferenceOperatorFactory;
import dev.iresnet.result.FrameCrop;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness may be interrupted while it closes
class CroppingOperatorTest {
    private static final ClipOptions OPTIONS =
            CameraFrames.options(null, Duration.ofSeconds(1), Duration.ofSeconds(40));

    @Test
    void cropsKeepTheirOrderAndBringTheTimeOfTheirPartition() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            send(harness, 0, "a", 5_000);
            send(harness, 1, "b", 4_000);
            send(harness, 0, "c", 6_000);
            assertThat(elements(harness))
                    .containsExactly(
                            "crop a frames-0@5000", "crop b frames-1@4000", "crop c frames-0@6000");
            send(harness, 0, "d", 1_000);
            assertThat(elements(harness)).containsExactly("crop d frames-0@6000");
        }
    }

    @Test
    void aFailureIsADeadLetterAndAMissingFrameIfItsCameraIsKnown() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            send(harness, 0, "bad", 1);
            send(harness, 0, "unreadable", 2);
            send(harness, 0, "good", 3);
            assertThat(elements(harness))
                    .containsExactly("missing bad frames-0@1", "crop good frames-0@3");
            assertThat(harness.getSideOutput(InferenceOperatorFactory.DEAD_LETTERS)).hasSize(2);
        }
    }

    @Test
    void allSubtasksAreToldWhenAPartitionHasGoneOn() throws Exception {
        try (var harness = harness(3, 1)) {
            harness.open();
            send(harness, 0, "a", 0);
            send(harness, 0, "b", 9_999);
            assertThat(elements(harness)).hasSize(2);
            send(harness, 0, "c", 10_000);
            Set<Integer> reached = new HashSet<>();
            for (CameraFrame frame : frames(harness)) {
                if (frame instanceof CameraFrame.Tick tick) {
                    assertThat(tick.at().millis()).isEqualTo(10_000);
                    reached.add(
                            KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                    tick.key(), 128, 3));
                }
            }
            assertThat(reached).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void thereIsATickASecondAtMost() throws Exception {
        try (var harness =
                harness(
                        CameraFrames.options(null, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        1,
                        0)) {
            harness.open();
            send(harness, 0, "a", 0);
            send(harness, 0, "b", 999);
            assertThat(frames(harness)).hasSize(2);
            send(harness, 0, "c", 1_000);
            assertThat(frames(harness)).hasSize(2).last().isInstanceOf(CameraFrame.Tick.class);
        }
    }

    @Test
    void theTimeOfAPartitionSurvivesARescale() throws Exception {
        OperatorSubtaskState state;
        try (var one = harness(2, 0);
                var other = harness(2, 1)) {
            one.open();
            other.open();
            send(one, 0, "a", 7_000);
            send(other, 1, "b", 9_000);
            state =
                    AbstractStreamOperatorTestHarness.repackageState(
                            one.snapshot(1, 1), other.snapshot(1, 1));
        }
        try (var harness = harness(1, 0)) {
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            state, 128, 2, 1, 0));
            harness.open();
            send(harness, 0, "c", 100);
            send(harness, 1, "d", 100);
            assertThat(elements(harness))
                    .containsExactly("crop c frames-0@7000", "crop d frames-1@9000");
        }
    }

    private static OneInputStreamOperatorTestHarness<RawRecord, CameraFrame> harness(
            int parallelism, int index) throws Exception {
        return harness(OPTIONS, parallelism, index);
    }

    private static OneInputStreamOperatorTestHarness<RawRecord, CameraFrame> harness(
            ClipOptions options, int parallelism, int index) throws Exception {
        var harness =
                new OneInputStreamOperatorTestHarness<RawRecord, CameraFrame>(
                        ClipSubtasks.operators(new NamesToCrops(), options).cropping(),
                        128,
                        parallelism,
                        index);
        harness.setup(new ClipTypes.CameraFrames());
        return harness;
    }

    private static void send(
            OneInputStreamOperatorTestHarness<RawRecord, CameraFrame> harness,
            int partition,
            String name,
            long timestamp)
            throws Exception {
        RawRecord record =
                new RawRecord(
                        "frames",
                        partition,
                        0,
                        timestamp,
                        name.getBytes(UTF_8),
                        name.getBytes(UTF_8),
                        List.of());
        harness.processElement(new StreamRecord<>(record, timestamp));
        TaskMailbox mailbox = harness.getTaskMailbox();
        while (mailbox.hasMail()) {
            mailbox.take(TaskMailbox.MIN_PRIORITY).run();
        }
    }

    private static List<CameraFrame> frames(
            OneInputStreamOperatorTestHarness<RawRecord, CameraFrame> harness) {
        List<CameraFrame> frames = harness.extractOutputValues();
        harness.getOutput().clear();
        return frames;
    }

    private static List<String> elements(
            OneInputStreamOperatorTestHarness<RawRecord, CameraFrame> harness) {
        List<String> elements = new ArrayList<>();
        for (CameraFrame frame : frames(harness)) {
            String kind = frame instanceof CameraFrame.Cropped ? "crop " : "missing ";
            elements.add(
                    kind + frame.key() + " " + frame.at().partition() + "@" + frame.at().millis());
        }
        return elements;
    }

    /** Makes a crop of each record at once; but of bad ones, and of those that hold no frame. */
    private static final class NamesToCrops extends ClipSubtasks.ClipModelClient {
        @Override
        public CompletableFuture<FrameOutcome> submit(RawRecord record, FrameListener listener) {
            String name = new String(requireNonNull(record.value()), UTF_8);
            Frame.Identity frame = new Frame.Identity(name, name, 0, Instant.EPOCH);
            if (!name.equals("unreadable")) {
                listener.read(frame);
            }
            return CompletableFuture.completedFuture(
                    name.equals("bad") || name.equals("unreadable")
                            ? new FrameFailure(record, FailureCode.IMAGE_CORRUPT, "for a test")
                            : new FrameCrop(frame, record.withoutValue(), new byte[3]));
        }
    }
}

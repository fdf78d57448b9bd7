package dev.iresnet.operator.clip;

import static dev.iresnet.operator.clip.CameraFrames.START;
import static dev.iresnet.operator.clip.CameraFrames.cropped;
import static dev.iresnet.operator.clip.CameraFrames.missing;
import static dev.iresnet.operator.clip.CameraFrames.options;
import static dev.iresnet.operator.clip.CameraFrames.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.clip.CameraFrame;
import dev.iresnet.clip.CameraFrame.PartitionTime;
import dev.iresnet.clip.ClipOptions;
import dev.iresnet.clip.MissingFrames;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Clips have four frames, which come each tenth of a second. */
@SuppressWarnings("try") // the harness may be interrupted while it closes
class ClipMetricsTest {
    private static final Duration GAP = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final ClipOptions BEHIND = options(null, GAP, IDLE);
    private static final List<String> COUNTERS =
            List.of(
                    "framesAcknowledged",
                    "framesLeftOut",
                    "framesPassedOver",
                    "framesMissing",
                    "framesUnfit",
                    "framesWithoutClip",
                    "clips",
                    "gaps",
                    "camerasForgotten");

    @Test
    void framesAndClipsOfAllCamerasAreCounted() throws Exception {
        try (ClipSubtasks subtasks = ClipSubtasks.start(2, BEHIND)) {
            send(subtasks, "gate", 0, 10);
            send(subtasks, "yard", 0, 4);
            send(subtasks, "door", 0, 3);
            assertThat(counted(subtasks)).isEqualTo(Map.of("framesAcknowledged", 17L, "clips", 3L));
            assertThat(subtasks.metric("cameras")).isEqualTo(3);
            assertThat(subtasks.metric("stateBytes"))
                    .isEqualTo(
                            3
                                    * ClipMemory.ofCamera(
                                            ClipSubtasks.LENGTH, CameraFrames.CROPS.cropBytes()));
        }
    }

    @Test
    void framesBetweenClipsAreLeftOut() throws Exception {
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, options(6, GAP, IDLE))) {
            send(subtasks, "gate", 0, 10);
            assertThat(counted(subtasks))
                    .isEqualTo(Map.of("framesAcknowledged", 10L, "framesLeftOut", 2L, "clips", 2L));
        }
    }

    @Test
    void clipsThatOverlapShareFramesWhichCountOnce() throws Exception {
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, options(1, GAP, IDLE))) {
            send(subtasks, "gate", 0, 10);
            subtasks.send(cropped("gate", seen(10, 3_000)));
            assertThat(counted(subtasks))
                    .as("a gap behind frames that are all in a clip loses none")
                    .isEqualTo(Map.of("framesAcknowledged", 11L, "clips", 7L, "gaps", 1L));
        }
    }

    @Test
    void repeatsAndLateFramesArePassedOver() throws Exception {
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, BEHIND)) {
            send(subtasks, "gate", 0, 3);
            send(subtasks, "gate", 1, 3);
            assertThat(counted(subtasks))
                    .isEqualTo(Map.of("framesAcknowledged", 5L, "framesPassedOver", 2L));
        }
    }

    @Test
    void aGapLosesTheFramesThatWait() throws Exception {
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, BEHIND)) {
            send(subtasks, "gate", 0, 7);
            subtasks.send(cropped("gate", seen(7, 1_601)));
            assertThat(counted(subtasks))
                    .isEqualTo(
                            Map.of(
                                    "framesAcknowledged",
                                    8L,
                                    "clips",
                                    1L,
                                    "gaps",
                                    1L,
                                    "framesWithoutClip",
                                    3L));
        }
    }

    @Test
    void missingFramesAreCountedWhereTheirCameraIsKnown() throws Exception {
        for (MissingFrames rule : MissingFrames.values()) {
            ClipOptions options = new ClipOptions(null, Duration.ZERO, null, GAP, rule, IDLE, 0);
            try (ClipSubtasks subtasks = ClipSubtasks.start(1, options)) {
                subtasks.send(missing("gate", seen(0, 0), time(0)));
                send(subtasks, "gate", 1, 3);
                subtasks.send(missing("gate", seen(3, 300), time(300)));
                Map<String, Long> expected =
                        new TreeMap<>(Map.of("framesAcknowledged", 2L, "framesMissing", 1L));
                if (rule == MissingFrames.RESTART) {
                    expected.putAll(Map.of("gaps", 1L, "framesWithoutClip", 2L));
                }
                assertThat(counted(subtasks)).as("%s", rule).isEqualTo(expected);
            }
        }
    }

    @Test
    void cropsOfAnotherModelAreMissingToo() throws Exception {
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, BEHIND)) {
            send(subtasks, "gate", 0, 1);
            for (String camera : List.of("gate", "unknown")) {
                subtasks.send(
                        cropped(
                                camera,
                                seen(1, 100),
                                time(100),
                                new byte[3 * 5 * 5],
                                CameraFrames.model(5, ClipSubtasks.LENGTH)));
            }
            assertThat(counted(subtasks))
                    .isEqualTo(
                            Map.of(
                                    "framesAcknowledged",
                                    1L,
                                    "framesUnfit",
                                    2L,
                                    "framesMissing",
                                    1L));
        }
    }

    @Test
    void aCameraThatIsForgottenLosesTheFramesThatWait() throws Exception {
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, BEHIND)) {
            send(subtasks, "yard", 0, 1);
            send(subtasks, "gate", 0, 6);
            subtasks.send(new CameraFrame.Tick("any", time(60_201)));
            assertThat(counted(subtasks))
                    .isEqualTo(
                            Map.of(
                                    "framesAcknowledged",
                                    7L,
                                    "clips",
                                    1L,
                                    "camerasForgotten",
                                    1L,
                                    "framesWithoutClip",
                                    1L));
            assertThat(subtasks.metric("cameras")).isEqualTo(1);
        }
    }

    @Test
    void afterARestoreTheCamerasAreThereAndThoseOfOtherRulesAreNot() throws Exception {
        OperatorSubtaskState state;
        try (ClipSubtasks subtasks = ClipSubtasks.start(2, BEHIND)) {
            send(subtasks, "gate", 0, 3);
            send(subtasks, "yard", 0, 6);
            state = subtasks.snapshot(1);
        }
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, BEHIND, state, 2)) {
            assertThat(subtasks.metric("cameras")).isEqualTo(2);
            assertThat(counted(subtasks)).isEmpty();
        }
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, options(2, GAP, IDLE), state, 2)) {
            assertThat(subtasks.metric("cameras")).isZero();
            assertThat(subtasks.metric("stateBytes")).isZero();
            assertThat(counted(subtasks)).isEqualTo(Map.of("framesWithoutClip", 5L));
        }
    }

    /** Repeats, late and missing frames, gaps and cameras that count anew among them. */
    @Test
    void eachFrameIsInAClipOrCountedOnceAllCamerasAreForgotten() throws Exception {
        for (int step : new int[] {4, 6}) {
            try (ClipSubtasks subtasks = ClipSubtasks.start(1, options(step, GAP, IDLE))) {
                for (CameraFrame frame : ClipOperatorTest.stream(new LinkedHashMap<>())) {
                    subtasks.send(frame);
                }
                subtasks.send(new CameraFrame.Tick("any", time(3_600_000)));
                assertThat(subtasks.metric("cameras")).isZero();
                assertThat(subtasks.metric("clips")).isEqualTo(subtasks.clips().size());
                assertThat(subtasks.metric("framesAcknowledged"))
                        .isEqualTo(
                                ClipSubtasks.LENGTH * subtasks.metric("clips")
                                        + subtasks.metric("framesWithoutClip")
                                        + subtasks.metric("framesPassedOver")
                                        + subtasks.metric("framesLeftOut"));
            }
        }
    }

    /** Frames of these numbers, each at its time. */
    private static void send(ClipSubtasks subtasks, String camera, int from, int to)
            throws Exception {
        for (int number = from; number < to; number++) {
            subtasks.send(cropped(camera, seen(number, number * 100L)));
        }
    }

    /** Counters that are not 0. */
    private static Map<String, Long> counted(ClipSubtasks subtasks) {
        Map<String, Long> counted = new TreeMap<>();
        COUNTERS.forEach(name -> counted.put(name, subtasks.metric(name)));
        counted.values().removeIf(count -> count == 0);
        return counted;
    }

    private static PartitionTime time(long millis) {
        return new PartitionTime("frames-0", START.toEpochMilli() + millis);
    }
}

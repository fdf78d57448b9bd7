package dev.iresnet.operator.clip;

import static dev.iresnet.operator.clip.CameraFrames.START;
import static dev.iresnet.operator.clip.CameraFrames.cropped;
import static dev.iresnet.operator.clip.CameraFrames.missing;
import static dev.iresnet.operator.clip.CameraFrames.options;
import static dev.iresnet.operator.clip.CameraFrames.pixels;
import static dev.iresnet.operator.clip.CameraFrames.seen;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.LogWatch;
import dev.iresnet.clip.CameraClips.Seen;
import dev.iresnet.clip.CameraFrame;
import dev.iresnet.clip.CameraFrame.PartitionTime;
import dev.iresnet.clip.Clip;
import dev.iresnet.clip.ClipFrame;
import dev.iresnet.clip.ClipModel;
import dev.iresnet.clip.ClipModel.Sent;
import dev.iresnet.clip.ClipOptions;
import dev.iresnet.clip.ClipRules;
import dev.iresnet.model.ClipRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness may be interrupted while it closes
class ClipOperatorTest {
    private static final Duration GAP = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final ClipOptions BEHIND = options(null, GAP, IDLE);

    @Test
    void aClipHasItsFramesAndTheNamesOfTheLast() throws Exception {
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, BEHIND)) {
            for (int i = 0; i < ClipSubtasks.LENGTH; i++) {
                subtasks.send(cropped("gate", seen(i, i * 100L)));
            }
            List<Clip> clips = subtasks.clips();
            assertThat(clips).hasSize(1);
            Clip clip = clips.get(0);
            assertThat(clip.last().eventId()).isEqualTo("event-3");
            assertThat(clip.record().offset()).isEqualTo(3);
            assertThat(clip.record().headers().get(0).value()).isEqualTo("event-3".getBytes(UTF_8));
            assertThat(clip.span().firstNumber()).isZero();
            assertThat(clip.span().firstCapturedAt()).isEqualTo(START);
            assertThat(clip.span().lastCapturedAt()).isEqualTo(START.plusMillis(300));
            assertThat(clip.frames())
                    .extracting(ClipFrame::pixels)
                    .containsExactly(
                            pixels("gate", seen(0, 0)),
                            pixels("gate", seen(1, 0)),
                            pixels("gate", seen(2, 0)),
                            pixels("gate", seen(3, 0)));
        }
    }

    /** Each clip once, with the frames that the whole list says, whatever happens on the way. */
    @Test
    void theClipsAreTheSameThroughSnapshotsRestoresAndRescales() throws Exception {
        for (int step : new int[] {1, 3, 4, 6}) {
            ClipOptions options = options(step, GAP, IDLE);
            Map<String, List<Sent>> sent = new LinkedHashMap<>();
            List<CameraFrame> frames = stream(sent);
            List<Clip> clips = new ArrayList<>();
            int third = frames.size() / 3;
            OperatorSubtaskState state = null;
            int before = 0;
            int[] parallelism = {2, 3, 1};
            for (int part = 0; part < parallelism.length; part++) {
                try (ClipSubtasks subtasks =
                        ClipSubtasks.start(parallelism[part], options, state, before)) {
                    int end = part == 2 ? frames.size() : (part + 1) * third;
                    for (CameraFrame frame : frames.subList(part * third, end)) {
                        subtasks.send(frame);
                    }
                    clips.addAll(subtasks.clips());
                    state = subtasks.snapshot(part);
                    before = parallelism[part];
                    // what came after the snapshot is read again
                    for (CameraFrame frame : frames.subList(end - 10, end)) {
                        subtasks.send(frame);
                    }
                }
            }
            assertThat(described(clips)).isEqualTo(expected(sent, options));
        }
    }

    @Test
    void aCameraThatHasGoneIsForgottenInTheTimeOfItsPartition() throws Exception {
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, BEHIND)) {
            for (int i = 0; i < 3; i++) {
                subtasks.send(cropped("gone", seen(i, i * 100L)));
            }
            subtasks.send(cropped("elsewhere", seen(0, 0), time("frames-1", 0)));
            assertThat(subtasks.stateEntries()).isEqualTo(4);
            subtasks.send(cropped("other", seen(0, 500), time("frames-1", 3_600_000)));
            assertThat(subtasks.stateEntries()).as("gone and other").isEqualTo(4);
            subtasks.send(new CameraFrame.Tick("any", time("frames-0", 60_200)));
            assertThat(subtasks.stateEntries()).as("not longer than it may").isEqualTo(4);
            subtasks.send(new CameraFrame.Tick("any", time("frames-0", 60_201)));
            assertThat(subtasks.stateEntries()).isEqualTo(2);
            // within the longest gap, and still a new clip, as after any restart
            subtasks.send(cropped("gone", seen(3, 300), time("frames-0", 60_300)));
            assertThat(subtasks.clips()).isEmpty();
        }
    }

    @Test
    void theTimeOfSilenceIsKept() throws Exception {
        OperatorSubtaskState state;
        try (ClipSubtasks subtasks = ClipSubtasks.start(2, BEHIND)) {
            subtasks.send(cropped("early", seen(0, 0)));
            subtasks.send(cropped("late", seen(0, 30_000)));
            state = subtasks.snapshot(1);
        }
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, BEHIND, state, 2)) {
            assertThat(subtasks.stateEntries()).isEqualTo(4);
            subtasks.send(new CameraFrame.Tick("any", time("frames-0", 60_001)));
            assertThat(subtasks.stateEntries()).isEqualTo(2);
            subtasks.send(new CameraFrame.Tick("any", time("frames-0", 90_001)));
            assertThat(subtasks.stateEntries()).isZero();
        }
    }

    @Test
    void withOtherRulesAllClipsBeginAnewAndTheLogSaysSo() throws Exception {
        OperatorSubtaskState state;
        try (ClipSubtasks subtasks = ClipSubtasks.start(1, BEHIND)) {
            for (int i = 0; i < 3; i++) {
                subtasks.send(cropped("gate", seen(i, i * 100L)));
            }
            state = subtasks.snapshot(1);
        }
        ClipOptions other = options(2, GAP, IDLE);
        try (LogWatch log = new LogWatch("The clips of 1 cameras begin anew");
                ClipSubtasks subtasks = ClipSubtasks.start(1, other, state, 1)) {
            assertThat(subtasks.stateEntries()).isZero();
            for (int i = 3; i < 7; i++) {
                subtasks.send(cropped("gate", seen(i, i * 100L)));
            }
            assertThat(subtasks.clips())
                    .extracting(clip -> clip.span().firstNumber())
                    .containsExactly(3L);
            assertThat(log.found()).hasSize(1);
        }
    }

    @Test
    void framesThatAllHaveTheSameNumberAreToldInTheLog() throws Exception {
        try (LogWatch log = new LogWatch("must send frameNumber -1");
                ClipSubtasks subtasks = ClipSubtasks.start(1, BEHIND)) {
            for (int i = 0; i < 999; i++) {
                subtasks.send(cropped("counts", seen(i, i)));
            }
            subtasks.send(cropped("gate", seen(0, 0)));
            for (int i = 1; i < 1_000; i++) {
                subtasks.send(cropped("gate", seen(0, i)));
            }
            assertThat(log.found()).isEmpty();
            for (int i = 1_000; i < 3_001; i++) {
                subtasks.send(cropped("gate", seen(0, i)));
            }
            assertThat(log.found()).hasSize(1);
        }
    }

    /** Mostly in order; with repeats, late and missing frames, gaps and cameras that count anew. */
    static List<CameraFrame> stream(Map<String, List<Sent>> sent) {
        SplittableRandom random = new SplittableRandom(7);
        Map<String, long[]> at = new LinkedHashMap<>();
        List<CameraFrame> frames = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 4_000; i++) {
            String camera = "camera-" + random.nextInt(40);
            long[] last = at.computeIfAbsent(camera, any -> new long[] {0, 0});
            int kind = random.nextInt(40);
            last[0] = kind == 0 ? 0 : last[0] + (kind == 1 ? 0 : kind == 2 ? -1 : 1);
            last[1] += kind == 3 ? 2_000 : kind == 1 ? 0 : kind == 2 ? -50 : 100;
            now = Math.max(now, last[1]);
            Seen seen = seen(Math.max(0, last[0]), last[1]);
            boolean missing = kind == 4;
            sent.computeIfAbsent(camera, any -> new ArrayList<>()).add(new Sent(seen, missing));
            frames.add(
                    missing
                            ? missing(camera, seen, time("frames-0", now))
                            : cropped(camera, seen, time("frames-0", now)));
        }
        return frames;
    }

    private static Map<String, List<String>> expected(
            Map<String, List<Sent>> sent, ClipOptions options) {
        ClipRules rules = options.rules(new ClipRule(ClipSubtasks.LENGTH));
        Map<String, List<String>> expected = new LinkedHashMap<>();
        sent.forEach(
                (camera, frames) ->
                        expected.put(
                                camera,
                                ClipModel.clips(frames, rules).stream()
                                        .map(clip -> described(camera, clip))
                                        .toList()));
        expected.values().removeIf(List::isEmpty);
        return expected;
    }

    private static String described(String camera, List<Seen> clip) {
        return clip.stream()
                .map(seen -> new String(pixels(camera, seen), UTF_8) + "@" + seen.capturedAt())
                .toList()
                .toString();
    }

    private static Map<String, List<String>> described(List<Clip> clips) {
        Map<String, List<String>> described = new LinkedHashMap<>();
        for (Clip clip : clips) {
            described
                    .computeIfAbsent(clip.last().cameraId(), any -> new ArrayList<>())
                    .add(
                            clip.frames().stream()
                                    .map(
                                            frame ->
                                                    new String(frame.pixels(), UTF_8)
                                                            + "@"
                                                            + frame.capturedAt())
                                    .toList()
                                    .toString());
        }
        return described;
    }

    private static PartitionTime time(String partition, long millis) {
        return new PartitionTime(partition, START.toEpochMilli() + millis);
    }
}

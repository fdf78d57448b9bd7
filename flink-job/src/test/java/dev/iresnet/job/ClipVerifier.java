package dev.iresnet.job;

import dev.iresnet.clip.CameraClips.Seen;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares results of {@link RevealingClipModel} with clips that were worked out beforehand. */
final class ClipVerifier {
    private final Map<Integer, List<List<Seen>>> expected;

    /** Takes each camera's clips, in order. */
    ClipVerifier(Map<Integer, List<List<Seen>>> expected) {
        this.expected = new TreeMap<>(expected);
    }

    int clips() {
        return expected.values().stream().mapToInt(List::size).sum();
    }

    /** What is wrong, camera by camera; empty if each clip is there once, whole and in order. */
    List<String> differences(List<LabeledResult> results) {
        Map<Integer, List<String>> found = new HashMap<>();
        for (LabeledResult result : results) {
            found.computeIfAbsent(camera(result.getCameraId()), any -> new ArrayList<>())
                    .add(described(result));
        }
        List<String> differences = new ArrayList<>();
        expected.forEach(
                (camera, clips) -> {
                    List<String> wanted =
                            clips.stream().map(clip -> described(camera, clip)).toList();
                    List<String> there = found.getOrDefault(camera, List.of());
                    if (!wanted.equals(there)) {
                        differences.add(
                                "camera %d: expected %s, found %s"
                                        .formatted(camera, wanted, there));
                    }
                });
        found.keySet().stream()
                .filter(camera -> !expected.containsKey(camera))
                .forEach(camera -> differences.add("camera " + camera + " is not expected"));
        return differences;
    }

    static String cameraName(int camera) {
        return "camera-" + camera;
    }

    private static int camera(String name) {
        return Integer.parseInt(name.substring("camera-".length()));
    }

    private static String described(int camera, List<Seen> clip) {
        Seen first = clip.get(0);
        Seen last = clip.get(clip.size() - 1);
        return described(
                last,
                first,
                last,
                clip.stream()
                        .map(seen -> RevealingClipModel.score(camera, (int) seen.number()))
                        .toList());
    }

    private static String described(LabeledResult result) {
        Float[] scores = new Float[RevealingClipModel.LENGTH];
        for (Label label : result.getLabels()) {
            scores[label.getIndex()] = label.getScore();
        }
        return described(
                new Seen(result.getEventId(), result.getFrameNumber(), result.getCapturedAt()),
                new Seen(
                        "",
                        result.getClip().getFirstFrameNumber(),
                        result.getClip().getFirstCapturedAt()),
                new Seen(
                        "",
                        result.getClip().getLastFrameNumber(),
                        result.getClip().getLastCapturedAt()),
                List.of(scores));
    }

    private static String described(Seen of, Seen first, Seen last, List<Float> scores) {
        return "%s #%d %s: %d..%d %s..%s %s"
                .formatted(
                        of.eventId(),
                        of.number(),
                        of.capturedAt(),
                        first.number(),
                        last.number(),
                        first.capturedAt(),
                        last.capturedAt(),
                        scores);
    }
}

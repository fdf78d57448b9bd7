package dev.iresnet.local.wall;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What the page is sent: an object on one line. Times are ages in milliseconds, because a browser's
 * clock may be another; a rate that is not known is missing.
 */
final class SnapshotJson {

    private final ObjectMapper mapper = new ObjectMapper();
    private final Duration silence;

    /**
     * @param silence after which a camera without answers counts as silent
     */
    SnapshotJson(Duration silence) {
        this.silence = silence;
    }

    String of(Board.Sight sight, Instant now) {
        Snapshot snapshot = sight.snapshot();
        ObjectNode root = mapper.createObjectNode();
        root.put("phase", sight.phase().name().toLowerCase(Locale.ROOT));
        root.put("model", snapshot.model());
        put(root.putObject("totals"), snapshot.totals());
        ArrayNode cameras = root.putArray("cameras");
        snapshot.cameras().forEach(view -> put(cameras.addObject(), view, now));
        ArrayNode letters = root.putArray("letters");
        snapshot.letters()
                .forEach(
                        dead ->
                                put(letters.addObject(), dead, now)
                                        .put("camera", dead.letter().cameraId()));
        try {
            return mapper.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private static void put(ObjectNode node, Snapshot.Totals totals) {
        node.put("in", totals.in())
                .put("labelled", totals.labelled())
                .put("lowConfidence", totals.lowConfidence())
                .put("stale", totals.stale())
                .put("deadLettered", totals.deadLettered())
                .put("unreadable", totals.unreadable())
                .put("unshown", totals.unshown())
                .put("waiting", totals.waiting());
        put(node, totals.perSecond());
    }

    private void put(ObjectNode node, Snapshot.View view, Instant now) {
        long quiet = age(view.answeredAt(), now);
        boolean silent = quiet >= silence.toMillis();
        node.put("number", view.number())
                .put("name", view.name())
                .put("quietMillis", quiet)
                .put("silent", silent)
                .put("results", view.counts().results())
                .put("letters", view.counts().letters());
        if (!silent) {
            put(node, view.counts().perSecond());
        }
        Answer.Result result = view.result();
        if (result != null) {
            put(node.putObject("result"), result, now);
        }
        Snapshot.Dead letter = view.letter();
        if (letter != null) {
            put(node.putObject("letter"), letter, now);
        }
    }

    private static void put(ObjectNode node, Answer.Result result, Instant now) {
        node.put("eventId", result.eventId())
                .put("status", result.status().name())
                .put("ageMillis", age(result.capturedAt(), now))
                .put("latencyMillis", age(result.capturedAt(), result.sentAt()));
        ArrayNode labels = node.putArray("labels");
        result.labels().forEach(score -> put(labels.addObject(), score));
        List<Answer.Found> objects = result.objects();
        if (objects != null) {
            ArrayNode found = node.putArray("objects");
            objects.forEach(
                    object ->
                            put(found.addObject(), object.score())
                                    .put("left", object.left())
                                    .put("top", object.top())
                                    .put("right", object.right())
                                    .put("bottom", object.bottom()));
        }
    }

    private static ObjectNode put(ObjectNode node, Answer.Score score) {
        return node.put("name", score.label()).put("score", score.score());
    }

    private static ObjectNode put(ObjectNode node, Snapshot.Dead dead, Instant now) {
        return node.put("code", dead.letter().code())
                .put("message", dead.letter().message())
                .put("ageMillis", age(dead.at(), now));
    }

    private static void put(ObjectNode node, OptionalDouble perSecond) {
        perSecond.ifPresent(rate -> node.put("perSecond", rate));
    }

    /** Never negative: clocks differ a little. */
    private static long age(Instant then, Instant now) {
        return Math.max(0, Duration.between(then, now).toMillis());
    }
}

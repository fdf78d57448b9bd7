package dev.iresnet.local.wall;

import dev.iresnet.schemas.avro.ResultStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest answer of each camera, and counts. Confined to one thread; time is passed in.
 *
 * <p>Its memory is bounded whatever the topics hold: a camera beyond {@value #MAX_CAMERAS} takes
 * the place of one that has been silent for a while, or is counted and not shown.
 */
final class Wall {

    /** Cameras that are shown at once. */
    static final int MAX_CAMERAS = 64;

    /** Dead letters that are remembered. */
    static final int MAX_LETTERS = 20;

    /** After that long a silent camera makes room for a new one. */
    static final Duration MAKES_ROOM = Duration.ofSeconds(30);

    private final Map<String, Camera> cameras = new LinkedHashMap<>();
    private final Deque<Snapshot.Dead> letters = new ArrayDeque<>();
    private final Rate rate = new Rate();
    private String model = "";
    private int numbers;
    private long in;
    private long labelled;
    private long lowConfidence;
    private long stale;
    private long deadLettered;
    private long unreadable;
    private long unshown;

    /** Records that have come in, all in all; tells whether that is news. */
    boolean arrived(long records) {
        boolean news = records != in;
        in = records;
        return news;
    }

    /** A record of the output topic that is no result. */
    void unreadable() {
        unreadable++;
    }

    void answered(Answer answer, Instant now) {
        if (answer instanceof Answer.Result result) {
            count(result);
        } else if (answer instanceof Answer.Letter letter) {
            count(letter, now);
        }
        Camera camera = camera(answer.cameraId(), now);
        if (camera == null) {
            unshown++;
        } else {
            camera.answered(answer, now);
        }
    }

    Snapshot snapshot() {
        return new Snapshot(
                cameras.values().stream().map(Camera::view).toList(),
                letters.stream().toList(),
                new Snapshot.Totals(
                        in,
                        labelled,
                        lowConfidence,
                        stale,
                        deadLettered,
                        unreadable,
                        unshown,
                        rate.perSecond()),
                model);
    }

    private void count(Answer.Result result) {
        if (result.status() == ResultStatus.STALE) {
            stale++;
        } else {
            labelled += result.frames();
        }
        if (result.status() == ResultStatus.LOW_CONFIDENCE) {
            lowConfidence += result.frames();
        }
        rate.count(result.sentAt(), result.frames());
        model = result.model();
    }

    private void count(Answer.Letter letter, Instant now) {
        deadLettered++;
        letters.addFirst(new Snapshot.Dead(letter, now));
        if (letters.size() > MAX_LETTERS) {
            letters.removeLast();
        }
    }

    private @Nullable Camera camera(String name, Instant now) {
        Camera known = cameras.get(name);
        if (known != null) {
            return known;
        }
        if (cameras.size() == MAX_CAMERAS && !makeRoom(now)) {
            return null;
        }
        Camera added = new Camera(++numbers, name, now);
        cameras.put(name, added);
        return added;
    }

    private boolean makeRoom(Instant now) {
        return cameras.entrySet().stream()
                .min(Comparator.comparing(entry -> entry.getValue().answeredAt()))
                .filter(
                        entry ->
                                Duration.between(entry.getValue().answeredAt(), now)
                                                .compareTo(MAKES_ROOM)
                                        >= 0)
                .map(entry -> cameras.remove(entry.getKey()) != null)
                .orElse(false);
    }
}

package dev.iresnet.chaos.swaps;

import dev.iresnet.chaos.swaps.KnownVersions.KnownVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the scores of results against those of the version that each claims to be of. */
final class ScoreAudit {
    /** What sizes of batches and threads may move; versions differ by a hundred times as much. */
    static final double TOLERANCE = 1e-5;

    private static final int EXAMPLES = 5;

    private final KnownVersions known;
    private final Map<Long, String> published;
    private final Map<String, String> files;
    private final Set<Long> versions = new HashSet<>();
    private final List<String> wrong = new ArrayList<>();
    private long compared;
    private long wrongs;
    private double furthest;

    /**
     * Has seen nothing yet.
     *
     * @param published digests by the number under which each version was published
     * @param files pictures by event id
     */
    ScoreAudit(KnownVersions known, Map<Long, String> published, Map<String, String> files) {
        this.known = known;
        this.published = new HashMap<>(published);
        this.files = files;
    }

    void see(Labelled result) {
        String file = files.get(result.eventId());
        Integer picture = file == null ? null : known.picture(file);
        KnownVersion version = known.byDigest(result.version().digest()).orElse(null);
        compared++;
        if (picture == null || version == null) {
            complain(result, "picture or digest is unknown");
        } else if (!result.version().digest().equals(published.get(result.version().number()))) {
            complain(result, "that number has another digest");
        } else {
            compare(result, version, picture);
        }
    }

    private void compare(Labelled result, KnownVersion version, int picture) {
        double most = 0;
        for (Labelled.Scored scored : result.labels()) {
            double expected = version.score(picture, scored.label());
            most = Math.max(most, Math.abs(scored.score() - expected));
        }
        furthest = Math.max(furthest, most);
        versions.add(result.version().number());
        if (most > TOLERANCE) {
            complain(result, "a score is off by " + most);
        }
    }

    private void complain(Labelled result, String what) {
        wrongs++;
        if (wrong.size() < EXAMPLES) {
            wrong.add("%s, of %s: %s".formatted(result.eventId(), result.version(), what));
        }
    }

    long compared() {
        return compared;
    }

    long wrongs() {
        return wrongs;
    }

    List<String> examples() {
        return List.copyOf(wrong);
    }

    /** The furthest that any score was from what its version says. */
    double furthest() {
        return furthest;
    }

    /** Numbers of the versions that labelled anything. */
    Set<Long> versions() {
        return Set.copyOf(versions);
    }
}

package dev.iresnet.chaos.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The verifier's verdict, held against what is promised: each frame is answered once. */
public final class Accounting {
    private static final List<String> NONE_OF =
            List.of("lost", "duplicated", "reordered", "wrong", "unknown", "unreadable");

    private Accounting() {}

    /** What does not hold; empty if all frames are accounted for. */
    public static List<String> violations(JsonNode verdict) {
        List<String> violations = new ArrayList<>();
        for (String member : NONE_OF) {
            long count = verdict.path(member).asLong(-1);
            if (count != 0) {
                violations.add("%s: %d".formatted(member, count));
            }
        }
        long answered =
                verdict.path("labeled").asLong()
                        + verdict.path("stale").asLong()
                        + verdict.path("deadLettered").asLong();
        if (verdict.path("events").asLong(-1) != answered || answered == 0) {
            violations.add(
                    "%d frames were produced, and %d are labelled, shed or dead letters"
                            .formatted(verdict.path("events").asLong(-1), answered));
        }
        return violations;
    }

    /** What has failed although nothing was done to it, as violations. */
    public static List<String> unexpected(List<String> failures) {
        return failures.stream().map(failure -> "unexpected: " + failure).toList();
    }
}

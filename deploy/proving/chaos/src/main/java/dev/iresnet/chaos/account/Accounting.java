package dev.iresnet.chaos.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The verifier's verdict, held against what is promised: each frame is answered once. */
public final class Accounting {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NONE_OF =
            List.of("lost", "duplicated", "reordered", "wrong", "unknown", "unreadable");
    private static final List<String> KEPT =
            List.of(
                    "events",
                    "labeled",
                    "stale",
                    "deadLettered",
                    "deadLetteredByCode",
                    "lost",
                    "duplicated",
                    "reordered",
                    "wrong",
                    "compared",
                    "unknown",
                    "unreadable",
                    "meanBatchSize",
                    "examples");

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

    /** What a report keeps of a verdict. */
    public static ObjectNode kept(JsonNode verdict) {
        ObjectNode json = JSON.createObjectNode();
        KEPT.forEach(member -> json.set(member, verdict.path(member)));
        return json;
    }
}

package dev.iresnet.chaos.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Verdicts as the verifier writes them. */
public final class Verdicts {

    private Verdicts() {}

    /** 100 frames, each answered once. */
    public static ObjectNode good() {
        ObjectNode verdict = new ObjectMapper().createObjectNode();
        verdict.put("events", 100).put("labeled", 88).put("stale", 10).put("deadLettered", 2);
        for (String member :
                List.of("lost", "duplicated", "reordered", "wrong", "unknown", "unreadable")) {
            verdict.put(member, 0);
        }
        return verdict;
    }
}

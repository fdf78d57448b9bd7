package dev.iresnet.proving.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what went wrong, by kind, and keeps a few examples of each. */
final class Findings {
    private static final int EXAMPLES = 10;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, List<String>> examples = new LinkedHashMap<>();

    void add(String kind, long count, String example) {
        counts.merge(kind, count, Long::sum);
        List<String> shown = examples.computeIfAbsent(kind, any -> new ArrayList<>());
        if (shown.size() < EXAMPLES) {
            shown.add(example);
        }
    }

    long count(String kind) {
        return counts.getOrDefault(kind, 0L);
    }

    Map<String, List<String>> examples() {
        return examples;
    }
}

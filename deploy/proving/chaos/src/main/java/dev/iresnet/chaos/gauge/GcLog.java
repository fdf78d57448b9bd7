package dev.iresnet.chaos.gauge;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM writes with {@code -Xlog:gc}. */
final class GcLog {
    private static final Pattern FULL = Pattern.compile("Pause Full \\(.*\\) \\d+M->(\\d+)M\\(");

    private GcLog() {}

    /** Megabytes that the last full collection has left; empty if there was none. */
    static OptionalInt afterLastFull(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            Matcher matcher = FULL.matcher(lines.get(i));
            if (matcher.find()) {
                return OptionalInt.of(Integer.parseInt(matcher.group(1)));
            }
        }
        return OptionalInt.empty();
    }

    /** Full collections that somebody asked for. */
    static long askedFor(List<String> lines) {
        return lines.stream().filter(line -> line.contains("Pause Full (Diagnostic")).count();
    }
}

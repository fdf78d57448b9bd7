package dev.iresnet.chaos.gauge;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Linux says of a process in {@code /proc/PID/status}.
 *
 * @param residentKb resident memory
 * @param anonymousKb the part of it that is not a file's
 * @param threads of the process
 */
record ProcStatus(long residentKb, long anonymousKb, int threads) {
    private static final Pattern LINE =
            Pattern.compile("^(VmRSS|RssAnon|Threads):\\s+(\\d+)(?: kB)?$", Pattern.MULTILINE);

    /**
     * Reads the file's text.
     *
     * @throws IllegalArgumentException if a line is not there, as in a process that has ended
     */
    static ProcStatus parse(String text) {
        Map<String, Long> found =
                LINE.matcher(text)
                        .results()
                        .collect(
                                Collectors.toMap(
                                        one -> one.group(1),
                                        one -> Long.valueOf(one.group(2)),
                                        (first, second) -> first));
        return new ProcStatus(
                required(found, "VmRSS"),
                required(found, "RssAnon"),
                Math.toIntExact(required(found, "Threads")));
    }

    private static long required(Map<String, Long> found, String name) {
        Long value = found.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "no line '%s' in /proc/PID/status: the process has ended".formatted(name));
        }
        return value;
    }
}

package dev.iresnet.hostile;

import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameOutcome;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How often each record was answered, and as what. Thread-safe. */
final class Tally {
    private static final String LABELLED = "LABELLED";

    private final AtomicIntegerArray answers;
    private final Map<Mutation, Map<String, LongAdder>> byMutation = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    Tally(int records) {
        this.answers = new AtomicIntegerArray(records);
    }

    void answered(Mutation mutation, @Nullable FrameOutcome outcome, @Nullable Throwable failure) {
        if (outcome == null) {
            failures.add(failure == null ? new AssertionError("an answer of nothing") : failure);
            return;
        }
        answers.incrementAndGet((int) outcome.source().offset());
        String answer = outcome instanceof FrameFailure failed ? failed.code().name() : LABELLED;
        byMutation
                .computeIfAbsent(mutation, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(answer, any -> new LongAdder())
                .increment();
    }

    /** Numbers of the records that were answered never or more than once. */
    List<Integer> notOnce() {
        return IntStream.range(0, answers.length())
                .filter(number -> answers.get(number) != 1)
                .boxed()
                .toList();
    }

    List<String> failures() {
        return failures.stream().map(Throwable::toString).toList();
    }

    Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        byMutation
                .values()
                .forEach(
                        answers ->
                                answers.forEach((name, n) -> all.merge(name, n.sum(), Long::sum)));
        return all;
    }

    Map<String, Long> of(Mutation mutation) {
        Map<String, Long> of = new TreeMap<>();
        byMutation.getOrDefault(mutation, Map.of()).forEach((name, n) -> of.put(name, n.sum()));
        return of;
    }
}

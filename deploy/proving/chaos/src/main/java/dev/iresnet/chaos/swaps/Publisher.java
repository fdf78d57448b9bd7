package dev.iresnet.chaos.swaps;

import dev.iresnet.chaos.harness.FlinkJob;
import dev.iresnet.chaos.process.Waiting;
import dev.iresnet.chaos.swaps.KnownVersions.KnownVersion;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Publishes versions, sound and broken ones, and waits until the job has taken or refused each. */
final class Publisher {
    /** Number of the version that the job begins with. */
    static final long FIRST = 1;

    private static final Duration TO_NOTICE = Duration.ofMinutes(2);
    private static final String SWAPS = "modelSwaps";
    private static final String REFUSALS = "modelRefusals";

    private final Swaps options;
    private final KnownVersions known;
    private final LiveModel live;
    private final Map<Long, String> digests = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long serving = FIRST;
    private int sound = 1;
    private int broken;

    Publisher(Swaps options, KnownVersions known, LiveModel live) {
        this.options = options;
        this.known = known;
        this.live = live;
    }

    /** Digests of the sound versions by the number under which each was published. */
    Map<Long, String> digests() {
        return Map.copyOf(digests);
    }

    void publishFirst() throws IOException {
        live.publish(known.get(0).path(), FIRST);
        digests.put(FIRST, known.get(0).digest());
    }

    /** Publishes all others; returns what that changed. */
    List<Change> publishAll(FlinkJob job, PrintStream screen) throws IOException {
        for (int attempt = 1; attempt <= options.times(); attempt++) {
            long number = FIRST + attempt;
            long before = serving;
            if (Swaps.isBroken(attempt)) {
                publishBroken(job, number);
            } else {
                publishSound(job, number);
            }
            tell(screen, attempt);
            Waiting.pause(options.calm());
            if (Swaps.isRolledBack(attempt) && before != serving) {
                rollBack(job, before);
                tell(screen, attempt);
            }
        }
        return List.copyOf(changes);
    }

    private void publishBroken(FlinkJob job, long number) throws IOException {
        Breakage breakage = Breakage.ofTurn(broken++);
        change(
                job,
                Change.Kind.REFUSAL,
                number,
                () -> live.publishBroken(known.get(0).path(), number, breakage));
    }

    private void publishSound(FlinkJob job, long number) throws IOException {
        KnownVersion version = known.get(sound++);
        digests.put(number, version.digest());
        change(job, Change.Kind.SWAP, number, () -> live.publish(version.path(), number));
        serving = number;
    }

    private void rollBack(FlinkJob job, long before) throws IOException {
        change(job, Change.Kind.ROLLBACK, before, () -> live.pin(before));
        Waiting.pause(options.calm());
        change(job, Change.Kind.RELEASE, serving, live::unpin);
        Waiting.pause(options.calm());
    }

    private interface Step {
        void take() throws IOException;
    }

    /** Each subtask tells its engine's count, so that the sum has risen by one for each. */
    private void change(FlinkJob job, Change.Kind kind, long version, Step step)
            throws IOException {
        String metric = kind == Change.Kind.REFUSAL ? REFUSALS : SWAPS;
        long expected = job.sum(metric).orElse(0) + job.parallelism();
        Instant began = Instant.now();
        step.take();
        Waiting.until(
                "%s of version %d".formatted(kind.member(), version),
                TO_NOTICE,
                () -> job.sum(metric).orElse(0) >= expected);
        changes.add(new Change(kind, version, began, Instant.now()));
    }

    private void tell(PrintStream screen, int attempt) {
        Change last = changes.get(changes.size() - 1);
        screen.printf(
                "  %d of %d: %s of version %d in %.1f s%n",
                attempt,
                options.times(),
                last.kind().member(),
                last.version(),
                last.took().toMillis() / 1000.0);
    }
}

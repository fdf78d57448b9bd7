package dev.iresnet.chaos.faults;

import dev.iresnet.chaos.harness.FlinkJob;
import dev.iresnet.chaos.harness.Testbed;
import dev.iresnet.chaos.process.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets faults happen, one after the other, and looks at what comes of each. */
final class Conductor {

    private static final Duration FRAMES = Duration.ofSeconds(3);
    private static final Duration TO_RECOVER = Duration.ofMinutes(3);

    /** Results of a transaction that was complete before the fault may still come after it. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Testbed testbed;
    private final Faults faults;
    private final Schedule schedule;
    private final Consumer<Incident> listener;

    /**
     * @param listener hears of each incident
     */
    Conductor(Testbed testbed, Schedule schedule, Consumer<Incident> listener) {
        this.testbed = testbed;
        this.faults = new Faults(testbed);
        this.schedule = schedule;
        this.listener = listener;
    }

    /** Goes on until then; the last fault is recovered from when it returns. */
    List<Incident> run(Instant end) {
        List<Incident> incidents = new ArrayList<>();
        Draw draw = schedule.next();
        while (Instant.now().plus(draw.calm()).plus(draw.length()).isBefore(end)) {
            Waiting.pause(draw.calm());
            Incident incident = one(draw);
            listener.accept(incident);
            incidents.add(incident);
            draw = schedule.next();
        }
        return incidents;
    }

    private Incident one(Draw draw) {
        long inFlight = framesInFlight();
        long uncommitted = testbed.uncommitted();
        Instant at = Instant.now();
        Proof proof = faults.strike(draw);
        boolean recovered = testbed.recovers(TO_RECOVER, () -> isOver(draw, at, proof));
        Optional<Duration> after =
                recovered ? Optional.of(Duration.between(at, Instant.now())) : Optional.empty();
        return new Incident(draw, at, inFlight, uncommitted, proof, restored(at), after);
    }

    /** At a moment when the operator has frames under way, if there is one soon. */
    private long framesInFlight() {
        long[] pending = {0};
        Waiting.within(
                FRAMES,
                () -> {
                    pending[0] = testbed.job().sum("pending").orElse(0);
                    return pending[0] > 0;
                });
        return pending[0];
    }

    private boolean isOver(Draw draw, Instant at, Proof proof) {
        Instant settled = proof.repaired().plus(SETTLED);
        return testbed.watch().lastSighting().isAfter(settled)
                && (!proof.bit() || !draw.kind().restores() || restored(at).isPresent());
    }

    /** What the job went on from since then. */
    private Optional<FlinkJob.Restored> restored(Instant since) {
        try {
            return testbed.job().restored().filter(restored -> restored.at().isAfter(since));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

package dev.iresnet.chaos.run;

import dev.iresnet.chaos.cluster.FlinkJob;
import dev.iresnet.chaos.cluster.Scene;
import dev.iresnet.chaos.cluster.Waiting;
import dev.iresnet.chaos.fault.Draw;
import dev.iresnet.chaos.fault.Faults;
import dev.iresnet.chaos.fault.Proof;
import dev.iresnet.chaos.fault.Schedule;
import dev.iresnet.chaos.stage.Stage;
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

    private final Stage stage;
    private final Scene scene;
    private final Faults faults;
    private final Schedule schedule;
    private final Consumer<Incident> listener;

    /**
     * @param listener hears of each incident
     */
    Conductor(Stage stage, Faults faults, Schedule schedule, Consumer<Incident> listener) {
        this.stage = stage;
        this.scene = stage.scene();
        this.faults = faults;
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
        Incident.Before before = before();
        Instant at = Instant.now();
        Proof proof = faults.strike(draw);
        boolean recovered = scene.recovers(TO_RECOVER, () -> isOver(draw, at, proof));
        Optional<Duration> after =
                recovered ? Optional.of(Duration.between(at, Instant.now())) : Optional.empty();
        return new Incident(draw, at, before, proof, restored(at), after);
    }

    /** At a moment when the operator has frames under way, if there is one soon. */
    private Incident.Before before() {
        long[] pending = {0};
        Waiting.within(
                FRAMES,
                () -> {
                    pending[0] = scene.job().sum("pending").orElse(0);
                    return pending[0] > 0;
                });
        return new Incident.Before(pending[0], stage.uncommitted());
    }

    private boolean isOver(Draw draw, Instant at, Proof proof) {
        Instant settled = proof.repaired().plus(SETTLED);
        return stage.watch().lastSighting().isAfter(settled)
                && (!proof.bit() || !draw.kind().restores() || restored(at).isPresent());
    }

    /** What the job went on from since then. */
    private Optional<FlinkJob.Restored> restored(Instant since) {
        try {
            return scene.job().restored().filter(restored -> restored.at().isAfter(since));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

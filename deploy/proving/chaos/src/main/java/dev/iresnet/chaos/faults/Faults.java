package dev.iresnet.chaos.faults;

import dev.iresnet.chaos.harness.Testbed;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** All of them, by kind. */
final class Faults {

    private static final Duration SAVEPOINT = Duration.ofSeconds(60);

    private final Map<FaultKind, Fault> faults;
    private final Testbed testbed;

    /** Something that goes wrong. */
    @FunctionalInterface
    private interface Fault {

        /**
         * Lets it happen, and repairs its cause.
         *
         * @throws IOException if Flink did not answer a question that had to be asked
         */
        Proof strike(Draw draw) throws IOException;
    }

    Faults(Testbed testbed) {
        this.testbed = testbed;
        ProcessFaults processes = new ProcessFaults(testbed);
        SwitchedFaults switched = new SwitchedFaults(testbed);
        faults =
                new EnumMap<>(
                        Map.ofEntries(
                                fault(FaultKind.KILL_TASK_MANAGER, processes::killTaskManager),
                                fault(FaultKind.KILL_JOB_MANAGER, processes::killJobManager),
                                fault(FaultKind.KILL_BROKER, processes::killBroker),
                                fault(FaultKind.STOP_TASK_MANAGER, processes::stopTaskManager),
                                fault(FaultKind.STOP_JOB_MANAGER, processes::stopJobManager),
                                fault(FaultKind.STOP_BROKER, processes::stopBroker),
                                fault(FaultKind.STORAGE_FAILS, switched::storageFails),
                                fault(FaultKind.DEVICE_SLOW, switched::slow),
                                fault(FaultKind.DEVICE_FAILS, switched::fails),
                                fault(FaultKind.DEVICE_OUT_OF_MEMORY, switched::outOfMemory),
                                fault(FaultKind.RESCALE, this::rescale)));
    }

    private static Map.Entry<FaultKind, Fault> fault(FaultKind kind, Fault fault) {
        return Map.entry(kind, fault);
    }

    /** Lets one happen; one that could not even be tried is proof of nothing. */
    Proof strike(Draw draw) {
        try {
            return Objects.requireNonNull(faults.get(draw.kind())).strike(draw);
        } catch (IOException | IllegalStateException e) {
            return Proof.now(false, "-", "could not be done: " + e.getMessage());
        }
    }

    /** Stops the job with a savepoint, and starts it from there with another parallelism. */
    private Proof rescale(Draw draw) throws IOException {
        int before = testbed.parallelism();
        int step = 1 + draw.choice() % (Testbed.SLOTS - 1);
        int after = 1 + (before - 1 + step) % Testbed.SLOTS;
        String savepoint = testbed.job().stopWithSavepoint(SAVEPOINT);
        testbed.resubmit(after, savepoint);
        return Proof.now(
                !savepoint.isEmpty(),
                "job " + testbed.job().id(),
                "stopped with %s at parallelism %d, started from it at %d"
                        .formatted(savepoint, before, after));
    }
}

package dev.iresnet.chaos.fault;

import dev.iresnet.chaos.cluster.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** All of them, by kind. */
public final class Faults {
    private final Map<FaultKind, Fault> faults = new EnumMap<>(FaultKind.class);

    /**
     * @param control directory of the orders
     * @param slots of the cluster
     */
    public Faults(Scene scene, Path control, int slots) {
        ProcessFaults processes = new ProcessFaults(scene);
        DeviceFaults devices = new DeviceFaults(scene, control);
        faults.put(FaultKind.KILL_TASK_MANAGER, processes::killTaskManager);
        faults.put(FaultKind.KILL_JOB_MANAGER, processes::killJobManager);
        faults.put(FaultKind.KILL_BROKER, processes::killBroker);
        faults.put(FaultKind.STOP_TASK_MANAGER, processes::stopTaskManager);
        faults.put(FaultKind.STOP_JOB_MANAGER, processes::stopJobManager);
        faults.put(FaultKind.STOP_BROKER, processes::stopBroker);
        faults.put(FaultKind.STORAGE_FAILS, new StorageFault(scene, control));
        faults.put(FaultKind.DEVICE_SLOW, devices::slow);
        faults.put(FaultKind.DEVICE_FAILS, devices::fails);
        faults.put(FaultKind.DEVICE_OUT_OF_MEMORY, devices::outOfMemory);
        faults.put(FaultKind.RESCALE, new RescaleFault(scene, slots));
    }

    /** Lets one happen; one that could not even be tried is proof of nothing. */
    public Proof strike(Draw draw) {
        try {
            return Objects.requireNonNull(faults.get(draw.kind())).strike(draw);
        } catch (IOException | IllegalStateException e) {
            return Proof.now(false, "-", "could not be done: " + e.getMessage());
        }
    }
}

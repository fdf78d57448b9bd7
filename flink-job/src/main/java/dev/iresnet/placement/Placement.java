package dev.iresnet.placement;

import dev.iresnet.config.DeviceConfig;
import dev.iresnet.operator.AssignedGpus;
import dev.iresnet.operator.TaggingException;
import dev.iresnet.tensorflow.Gpus;
import dev.iresnet.tensorflow.Gpus.GpuMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a task manager is to compute. One GPU a task manager: in one process TensorFlow cannot give
 * two sessions different ones, and one copy of the model serves all slots.
 *
 * @param gpus what TensorFlow is let see
 * @param need whether a GPU must come of it
 * @param origin of the GPU, for people: who says that there is one
 */
public record Placement(Gpus gpus, Need need, String origin) {

    private static final Logger LOG = LoggerFactory.getLogger(Placement.class);

    /** How much depends on a GPU. */
    public enum Need {
        /** Whatever TensorFlow finds will do. */
        NOTHING,
        /** Without one something is wrong, but the job goes on. */
        WISHED,
        /** Without one the job must not start. */
        REQUIRED
    }

    /**
     * Decides for this process.
     *
     * @param wanted by the configuration
     * @param assigned by Flink
     * @param visible GPUs that this process can see
     * @throws TaggingException if the two do not fit, Flink assigned none or several, or nobody
     *     says which of several is to be taken
     */
    public static Placement decide(DeviceConfig.Gpu wanted, AssignedGpus assigned, int visible) {
        if (wanted.kind() == DeviceConfig.Kind.CPU) {
            return new Placement(Gpus.NONE, Need.NOTHING, "device.kind is cpu");
        }
        return assigned.expected() ? assigned(wanted, assigned) : unassigned(wanted, visible);
    }

    /**
     * Checks where TensorFlow computes, now that it does.
     *
     * @param inForce what the process was set up with, which may be another job's wish
     * @param device such as {@code GPU:0}
     * @throws TaggingException if that is not as it must be
     */
    public void check(Gpus inForce, String device, NvidiaDriver driver) {
        boolean onGpu = device.startsWith("GPU");
        if (!inForce.equals(gpus) && (onGpu || need == Need.REQUIRED)) {
            throw new TaggingException(
                    "Another job has set up this TaskManager's TensorFlow with %s, and this one wants %s: a process has one view of its GPUs. Give both jobs the same device.* options, or TaskManagers of their own"
                            .formatted(inForce, gpus));
        }
        if (onGpu || need == Need.NOTHING) {
            return;
        }
        if (need == Need.REQUIRED) {
            throw new TaggingException(
                    "%s, and TensorFlow computes on %s: %s. See that TensorFlow's build for GPUs is in Flink's lib/ (a distribution built with -Pgpu, deploy/flink/install); device.kind: gpu-or-cpu goes on without a GPU"
                            .formatted(origin, device, driver.diagnosis()));
        }
        LOG.warn("{}, and it will be {}: {}", origin, device, driver.diagnosis());
    }

    private static Placement assigned(DeviceConfig.Gpu wanted, AssignedGpus assigned) {
        if (assigned.indices().isEmpty()) {
            return without(
                    wanted,
                    "Flink's configuration asks for a GPU (external-resources: gpu), and none was"
                            + " found for this TaskManager: its log says why at its start (the"
                            + " discovery script, external-resource.gpu.amount)");
        }
        if (assigned.indices().size() > 1) {
            throw new TaggingException(
                    "Flink assigned GPUs %s to this TaskManager, and a process takes one: set external-resource.gpu.amount: 1 and start a TaskManager for each"
                            .formatted(String.join(", ", assigned.indices())));
        }
        String index = assigned.indices().get(0);
        if (!wanted.index().isEmpty() && !wanted.index().equals(index)) {
            throw new TaggingException(
                    "Flink assigned GPU %s to this TaskManager, and device.visible-gpus is %s: leave it out"
                            .formatted(index, wanted.index()));
        }
        return on(wanted, index, "Flink assigned GPU %s to this TaskManager".formatted(index));
    }

    private static Placement unassigned(DeviceConfig.Gpu wanted, int count) {
        if (!wanted.index().isEmpty()) {
            return on(
                    wanted,
                    wanted.index(),
                    "device.visible-gpus names GPU %s".formatted(wanted.index()));
        }
        if (count > 1) {
            throw new TaggingException(
                    "This TaskManager sees %d GPUs, and a process takes one: let Flink assign them (external-resources: gpu), name one (device.visible-gpus), or set device.kind: cpu"
                            .formatted(count));
        }
        // A limit is of one GPU, and the first is the one that TensorFlow would take.
        String visible = wanted.memoryLimit() > 0 ? "0" : "";
        return wanted.kind() == DeviceConfig.Kind.AUTO
                ? new Placement(gpus(wanted, visible), Need.NOTHING, "device.kind is auto")
                : on(wanted, visible, "device.kind is " + wanted.kind());
    }

    private static Placement on(DeviceConfig.Gpu wanted, String visible, String origin) {
        Need need = wanted.kind() == DeviceConfig.Kind.GPU_OR_CPU ? Need.WISHED : Need.REQUIRED;
        return new Placement(gpus(wanted, visible), need, origin);
    }

    private static Placement without(DeviceConfig.Gpu wanted, String reason) {
        if (wanted.kind() != DeviceConfig.Kind.GPU_OR_CPU) {
            throw new TaggingException(reason + "; device.kind: gpu-or-cpu goes on without one");
        }
        return new Placement(Gpus.NONE, Need.WISHED, reason);
    }

    private static Gpus gpus(DeviceConfig.Gpu wanted, String visible) {
        return new Gpus(true, visible, new GpuMemory(wanted.memoryGrowth(), wanted.memoryLimit()));
    }
}

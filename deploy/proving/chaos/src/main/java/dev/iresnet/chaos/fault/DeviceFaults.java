package dev.iresnet.chaos.fault;

import dev.iresnet.chaos.cluster.FlinkJob;
import dev.iresnet.chaos.cluster.Scene;
import dev.iresnet.chaos.cluster.Waiting;
import dev.iresnet.chaos.control.Switch;
import dev.iresnet.chaos.model.DeviceTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Lets the device misbehave, through the model's interface. */
final class DeviceFaults {
    private static final Duration TO_FAIL = Duration.ofMinutes(5);
    private static final String TARGET = "device";

    private final Scene scene;
    private final Switch device;

    DeviceFaults(Scene scene, Path control) {
        this.scene = scene;
        this.device = new Switch(control, DeviceTrouble.SWITCH);
    }

    Proof slow(Draw draw) {
        return trouble(DeviceTrouble.SLOW, draw);
    }

    Proof outOfMemory(Draw draw) {
        return trouble(DeviceTrouble.OUT_OF_MEMORY, draw);
    }

    /**
     * The device fails with each new engine until the job ends for good, as promised, and whoever
     * operates it submits it again.
     */
    Proof fails(Draw draw) throws IOException {
        FlinkJob job = scene.job();
        int before = device.evidence().size();
        device.on(DeviceTrouble.FAILS.name());
        try {
            job.awaitState("FAILED", TO_FAIL);
        } finally {
            device.off();
        }
        List<String> met = device.evidence().subList(before, device.evidence().size());
        String checkpoint =
                job.newestCheckpoint()
                        .orElseThrow(() -> new IllegalStateException("no checkpoint is kept"));
        Proof proof =
                Proof.now(
                        !met.isEmpty(),
                        TARGET,
                        "%s; the job is FAILED: %s; submitted again from %s"
                                .formatted(
                                        met.isEmpty() ? "nobody met it" : met.get(0),
                                        job.failure(),
                                        checkpoint));
        scene.resubmit(scene.parallelism(), checkpoint);
        return proof;
    }

    private Proof trouble(DeviceTrouble kind, Draw draw) {
        int before = device.evidence().size();
        device.on(kind.name());
        Waiting.pause(draw.length());
        device.off();
        List<String> evidence = device.evidence();
        List<String> met = evidence.subList(before, evidence.size());
        return Proof.now(
                !met.isEmpty(),
                TARGET,
                "met by %d batches in %d ms%s"
                        .formatted(
                                met.size(),
                                draw.length().toMillis(),
                                met.isEmpty() ? "" : ", the first: " + met.get(0)));
    }
}

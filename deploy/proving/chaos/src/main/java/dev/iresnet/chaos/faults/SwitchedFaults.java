package dev.iresnet.chaos.faults;

import dev.iresnet.chaos.harness.FlinkJob;
import dev.iresnet.chaos.harness.Testbed;
import dev.iresnet.chaos.process.Waiting;
import dev.iresnet.chaos.trouble.DeviceTrouble;
import dev.iresnet.chaos.trouble.Switch;
import dev.iresnet.chaos.trouble.TroubledFileSystemFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Lets the device misbehave, through the model's interface, and the storage of checkpoints. */
final class SwitchedFaults {

    private static final Duration TO_FAIL = Duration.ofMinutes(5);
    private static final Duration NOTICED = Duration.ofSeconds(20);
    private static final String TARGET = "device";

    private final Testbed testbed;
    private final Switch device;
    private final Switch storage;

    SwitchedFaults(Testbed testbed) {
        Path control = testbed.setup().config().control();
        this.testbed = testbed;
        this.device = new Switch(control, DeviceTrouble.SWITCH);
        this.storage = new Switch(control, TroubledFileSystemFactory.SWITCH);
    }

    Proof slow(Draw draw) {
        return trouble(DeviceTrouble.SLOW, draw);
    }

    Proof outOfMemory(Draw draw) {
        return trouble(DeviceTrouble.OUT_OF_MEMORY, draw);
    }

    /**
     * The device fails with each new engine until the job ends for good, as promised, and is
     * submitted again as an operator would.
     */
    Proof fails(Draw draw) throws IOException {
        FlinkJob job = testbed.job();
        int before = device.evidence().size();
        device.on(DeviceTrouble.FAILS.name());
        try {
            job.awaitState("FAILED", TO_FAIL);
        } finally {
            device.off();
        }
        List<String> met = since(device, before);
        String checkpoint =
                job.newestCheckpoint()
                        .orElseThrow(() -> new IllegalStateException("no checkpoint is kept"));
        Proof proof =
                Proof.now(
                        !met.isEmpty(),
                        TARGET,
                        "%s; the job is FAILED: %s; submitted again from %s"
                                .formatted(
                                        met.isEmpty() ? "no batch met it" : met.get(0),
                                        job.failure(),
                                        checkpoint));
        testbed.resubmit(testbed.parallelism(), checkpoint);
        return proof;
    }

    /** The storage of checkpoints fails for a while. */
    Proof storageFails(Draw draw) throws IOException {
        long failedBefore = testbed.job().failedCheckpoints();
        int before = storage.evidence().size();
        storage.on("fail");
        Waiting.pause(draw.length());
        storage.off();
        List<String> refused = since(storage, before);
        boolean noticed =
                Waiting.within(NOTICED, () -> testbed.job().failedCheckpoints() > failedBefore);
        return Proof.now(
                !refused.isEmpty() && noticed,
                "checkpoint storage",
                "%d calls refused%s; Flink counts %s failed checkpoints"
                        .formatted(
                                refused.size(),
                                first(refused),
                                noticed
                                        ? testbed.job().failedCheckpoints() - failedBefore
                                        : "no more"));
    }

    private Proof trouble(DeviceTrouble kind, Draw draw) {
        int before = device.evidence().size();
        device.on(kind.name());
        Waiting.pause(draw.length());
        device.off();
        List<String> met = since(device, before);
        return Proof.now(
                !met.isEmpty(),
                TARGET,
                "met by %d batches in %d ms%s"
                        .formatted(met.size(), draw.length().toMillis(), first(met)));
    }

    private static List<String> since(Switch trouble, int before) {
        List<String> evidence = trouble.evidence();
        return evidence.subList(before, evidence.size());
    }

    private static String first(List<String> evidence) {
        return evidence.isEmpty() ? "" : ", the first: " + evidence.get(0);
    }
}

package dev.iresnet.chaos.fault;

import dev.iresnet.chaos.cluster.Scene;
import dev.iresnet.chaos.cluster.Waiting;
import dev.iresnet.chaos.control.Switch;
import dev.iresnet.chaos.storage.TroubledFileSystemFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Lets the storage of checkpoints fail for a while. */
final class StorageFault implements Fault {
    private static final Duration NOTICED = Duration.ofSeconds(20);

    private final Scene scene;
    private final Switch storage;

    StorageFault(Scene scene, Path control) {
        this.scene = scene;
        this.storage = new Switch(control, TroubledFileSystemFactory.SWITCH);
    }

    @Override
    public Proof strike(Draw draw) throws IOException {
        long failedBefore = scene.job().failedCheckpoints();
        int before = storage.evidence().size();
        storage.on("fail");
        Waiting.pause(draw.length());
        storage.off();
        List<String> evidence = storage.evidence();
        List<String> refused = evidence.subList(before, evidence.size());
        boolean noticed =
                Waiting.within(NOTICED, () -> scene.job().failedCheckpoints() > failedBefore);
        return Proof.now(
                !refused.isEmpty() && noticed,
                "checkpoint storage",
                "%d calls refused%s; Flink counts %s failed checkpoints"
                        .formatted(
                                refused.size(),
                                refused.isEmpty() ? "" : ", the first: " + refused.get(0),
                                noticed
                                        ? scene.job().failedCheckpoints() - failedBefore
                                        : "no more"));
    }
}

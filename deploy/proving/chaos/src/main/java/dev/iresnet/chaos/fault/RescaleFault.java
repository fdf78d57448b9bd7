package dev.iresnet.chaos.fault;

import dev.iresnet.chaos.cluster.Scene;
import java.io.IOException;
import java.time.Duration;

/** Stops the job with a savepoint, and starts it from there with another parallelism. */
final class RescaleFault implements Fault {
    private static final Duration SAVEPOINT = Duration.ofSeconds(60);

    private final Scene scene;
    private final int slots;

    /**
     * @param slots of the cluster
     */
    RescaleFault(Scene scene, int slots) {
        this.scene = scene;
        this.slots = slots;
    }

    @Override
    public Proof strike(Draw draw) throws IOException {
        int before = scene.parallelism();
        int after = other(before, draw.choice());
        String savepoint = scene.job().stopWithSavepoint(SAVEPOINT);
        scene.resubmit(after, savepoint);
        return Proof.now(
                !savepoint.isEmpty(),
                "job " + scene.job().id(),
                "stopped with %s at parallelism %d, started from it at %d"
                        .formatted(savepoint, before, after));
    }

    private int other(int parallelism, int choice) {
        int step = 1 + choice % (slots - 1);
        return 1 + (parallelism - 1 + step) % slots;
    }
}

package dev.iresnet.local;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets Ctrl-C end a run in order: broker, cluster and child closed, temporary files gone. */
final class Ending {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    private Ending() {}

    /** From now on the end of this process raises the signal and waits for the run. */
    static Ending install(StopSignal stop) {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.windUp(stop), "stop"));
        return ending;
    }

    /** The run is over and everything of it closed. */
    void reached(int exitStatus) {
        status.complete(exitStatus);
    }

    private void windUp(StopSignal stop) {
        if (status.isDone()) {
            return;
        }
        stop.raise();
        try {
            int reached = status.get(GRACE.toSeconds(), TimeUnit.SECONDS);
            // Java would exit with 130; a run that only serves has no other end than this.
            Runtime.getRuntime().halt(reached);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            Runtime.getRuntime().halt(LocalRun.STOPPED);
        }
    }
}

package dev.iresnet.chaos.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where faults happen: the cluster, and the job that runs on it at the moment. */
public final class Scene {
    private static final Duration START = Duration.ofMinutes(4);

    private final Cluster cluster;
    private final List<String> surprises = new ArrayList<>();
    private Submission submission;
    private FlinkJob job;
    private int parallelism;

    private Scene(Cluster cluster, Submission submission, int parallelism) {
        this.cluster = cluster;
        this.submission = submission;
        this.parallelism = parallelism;
        this.job = submission.submit(cluster, parallelism, Optional.empty());
    }

    /** Submits the job, and returns when its tasks run. */
    public static Scene open(Cluster cluster, Submission submission, int parallelism) {
        Scene scene = new Scene(cluster, submission, parallelism);
        scene.job.awaitRunning(START);
        return scene;
    }

    public Cluster cluster() {
        return cluster;
    }

    public FlinkJob job() {
        return job;
    }

    public int parallelism() {
        return parallelism;
    }

    /** What ended without having been made to. */
    public List<String> surprises() {
        return List.copyOf(surprises);
    }

    /** Submits the job again, from where another one left off. */
    public void resubmit(int newParallelism, String from) {
        parallelism = newParallelism;
        job = submission.submit(cluster, parallelism, Optional.of(from));
    }

    /** Stops the job with a savepoint, and goes on from it with another one. */
    public void succeed(Submission successor) throws IOException {
        String savepoint = job.stopWithSavepoint(START);
        submission = successor;
        resubmit(parallelism, savepoint);
        job.awaitRunning(START);
    }

    /**
     * Starts again what has ended by itself, as whoever operates a cluster would, and notes it: no
     * fault is meant to have that consequence.
     */
    public void supervise() {
        surprises.addAll(cluster.replaceEnded());
        try {
            if (job.state().equals("FAILED")) {
                surprises.add("the job has failed for good: " + job.failure());
                Optional<String> checkpoint = job.newestCheckpoint();
                if (checkpoint.isPresent()) {
                    resubmit(parallelism, checkpoint.get());
                }
            }
        } catch (IOException e) {
            // the JobManager is not there at the moment; the next look will tell
        }
    }

    /** Whether all tasks run within that time, with what has ended by itself started again. */
    public boolean recovers(Duration atMost, Waiting.Question more) {
        return Waiting.within(
                atMost,
                () -> {
                    supervise();
                    return job.isRunning() && more.ask();
                });
    }
}

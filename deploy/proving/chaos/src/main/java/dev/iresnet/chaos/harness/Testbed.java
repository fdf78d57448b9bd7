package dev.iresnet.chaos.harness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.chaos.process.Waiting;
import dev.iresnet.proving.verify.VerifierProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cluster with a job on it, its topics, cameras that feed it, and a verifier. Nothing is fed yet.
 * What it starts it closes. Used by one thread.
 */
public final class Testbed implements AutoCloseable {

    public static final int TASK_MANAGERS = 2;
    public static final int SLOTS = 2 * TASK_MANAGERS;

    private static final int WARM_FRAMES = 10_000;
    private static final double NOT_WARM = 0.4;
    private static final Duration TO_WARM = Duration.ofMinutes(5);
    private static final Duration TO_START = Duration.ofMinutes(4);
    private static final Duration TO_VERIFY = Duration.ofMinutes(3);
    private static final Duration TO_STOP = Duration.ofMinutes(1);

    private final List<AutoCloseable> parts;
    private final Setup setup;
    private final Path model;
    private final Cluster cluster;
    private final VerifierProcess verifier;
    private final Watch watch;
    private final Cameras cameras;
    private final List<String> unexpected = new ArrayList<>();
    private JobPlan plan;
    private int parallelism;
    private FlinkJob job;

    /**
     * @param parts to which it adds what is to be closed, in the order in which it was started
     */
    private Testbed(
            List<AutoCloseable> parts, Setup setup, JobPlan plan, Path model, Path reference) {
        this.parts = parts;
        this.setup = setup;
        this.plan = plan;
        this.model = model;
        this.parallelism = plan.parallelism();
        RunDirectory directory = setup.directory();
        cluster = keep(Cluster.start(setup, TASK_MANAGERS));
        String servers = cluster.bootstrapServers();
        Topics.create(servers);
        Path manifest = directory.file("manifest.jsonl");
        verifier = keep(setup.startVerifier(servers, manifest, reference));
        Waiting.until("the verifier", TO_VERIFY, verifier::isReady);
        job = submit(Optional.empty());
        job.awaitRunning(TO_START);
        watch = keep(new Watch(servers));
        cameras = keep(Cameras.open(setup.software().frames(), servers, manifest));
    }

    /** With the demo's network. Returns when the job's tasks run. */
    public static Testbed open(Setup setup, JobPlan plan) {
        return open(setup, plan, setup.software().model(), setup.findReference());
    }

    /**
     * Returns when the job's tasks run.
     *
     * @param model directory of versions, or one version
     * @param reference the right answers, as the verifier takes them
     */
    public static Testbed open(Setup setup, JobPlan plan, Path model, Path reference) {
        List<AutoCloseable> parts = new ArrayList<>();
        try {
            return new Testbed(parts, setup, plan, model, reference);
        } catch (RuntimeException e) {
            try {
                close(parts);
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    public Setup setup() {
        return setup;
    }

    public Cluster cluster() {
        return cluster;
    }

    /** That runs at the moment. */
    public FlinkJob job() {
        return job;
    }

    public int parallelism() {
        return parallelism;
    }

    public Watch watch() {
        return watch;
    }

    public Cameras cameras() {
        return cameras;
    }

    /** Frames that were fed and whose answer no consumer has seen yet; repeats count against it. */
    public long uncommitted() {
        return cameras.acknowledged() - watch.answers();
    }

    /**
     * Feeds as fast as the broker takes it, and measures what the job makes of that with everything
     * else running beside it. Its frames are verified as all others.
     *
     * @return results a second, the first 40% left out
     */
    public double measureCapacity() {
        cameras.start("warm", 0, WARM_FRAMES, -1).report().join();
        Waiting.until("the warm-up's answers", TO_WARM, () -> uncommitted() <= 0);
        return Throughput.perSecond(watch.sentMillis(), NOT_WARM);
    }

    /**
     * Waits until each frame is answered or the verifier has given up; the feed must have ended.
     */
    public JsonNode verdict() throws IOException {
        verifier.closeManifest();
        return verifier.awaitVerdict();
    }

    /** Submits the job again, from where another one left off. */
    public void resubmit(int newParallelism, String from) {
        parallelism = newParallelism;
        job = submit(Optional.of(from));
    }

    /** Stops the job with a savepoint, and goes on from it as this plan says. */
    public void change(JobPlan other) throws IOException {
        String savepoint = job.stopWithSavepoint(TO_START);
        plan = other;
        resubmit(parallelism, savepoint);
        job.awaitRunning(TO_START);
    }

    /**
     * Starts again what has ended by itself, as an operator of a cluster would, and notes it: no
     * fault is meant to have that consequence.
     */
    public void supervise() {
        unexpected.addAll(cluster.replaceEnded());
        try {
            if (job.state().equals("FAILED")) {
                unexpected.add("the job has failed for good: " + job.failure());
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

    /** What {@link #supervise} found, and what keeps the answers from being seen. */
    public List<String> unexpectedSoFar() {
        List<String> all = new ArrayList<>(unexpected);
        if (!watch.failure().isEmpty()) {
            all.add(watch.failure());
        }
        return all;
    }

    /** What has failed although nothing was done to it: processes, the job, a reader. */
    public List<String> failures(ResultStream results) {
        List<String> failures = new ArrayList<>(cluster.replaceEnded());
        try {
            String failure = job.failure();
            if (!failure.isEmpty()) {
                failures.add("the job has failed: " + failure);
            }
        } catch (IOException e) {
            failures.add("the JobManager does not answer: " + e.getMessage());
        }
        if (!results.failure().isEmpty()) {
            failures.add(results.failure());
        }
        return failures;
    }

    /** Stops the job in order; what is wrong with that is added. */
    public void stop(List<String> failures) {
        try {
            job.stopWithSavepoint(TO_STOP);
        } catch (IOException | IllegalStateException e) {
            failures.add("the job could not be stopped in order: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        close(parts);
    }

    private static void close(List<AutoCloseable> parts) {
        IllegalStateException failures = new IllegalStateException("not all parts could be closed");
        for (int i = parts.size() - 1; i >= 0; i--) {
            try {
                parts.get(i).close();
            } catch (Exception e) {
                // the others are closed all the same
                failures.addSuppressed(
                        new IllegalStateException("cannot close " + parts.get(i), e));
            }
        }
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.add(part);
        return part;
    }

    /**
     * @param from a savepoint or a retained checkpoint; empty for a fresh start
     */
    private FlinkJob submit(Optional<String> from) {
        List<String> everyRun =
                List.of(
                        "--kafka.bootstrap.servers=" + cluster.bootstrapServers(),
                        "--input.topics=" + Topics.INPUT,
                        "--input.group-id=proving",
                        "--output.topic=" + Topics.OUTPUT,
                        "--model.path=" + model,
                        "--delivery.transaction-timeout=5 min",
                        "--delivery.longest-outage=2 min");
        return cluster.submit(plan.command(setup.software(), everyRun, parallelism, from));
    }
}

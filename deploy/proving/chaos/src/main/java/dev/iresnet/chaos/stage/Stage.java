package dev.iresnet.chaos.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.cluster.Cluster;
import dev.iresnet.chaos.cluster.References;
import dev.iresnet.chaos.cluster.Scene;
import dev.iresnet.chaos.cluster.Site;
import dev.iresnet.chaos.cluster.Software;
import dev.iresnet.chaos.cluster.Submission;
import dev.iresnet.chaos.cluster.VerifierProcess;
import dev.iresnet.chaos.cluster.Waiting;
import dev.iresnet.chaos.load.Cameras;
import dev.iresnet.chaos.load.Throughput;
import dev.iresnet.chaos.load.Topics;
import dev.iresnet.chaos.load.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything up and running, with nothing fed yet. What it starts it closes. */
public final class Stage implements AutoCloseable {
    public static final int TASK_MANAGERS = 2;
    public static final int SLOTS = 2 * TASK_MANAGERS;

    private static final int WARM_FRAMES = 10_000;
    private static final double NOT_WARM = 0.4;
    private static final Duration TO_WARM = Duration.ofMinutes(5);

    private final List<AutoCloseable> parts;
    private final Software software;
    private final Subject subject;
    private final Cluster cluster;
    private final VerifierProcess verifier;
    private final Scene scene;
    private final Watch watch;
    private final Cameras cameras;

    /**
     * @param parts to which it adds what is to be closed, in the order in which it was started
     */
    private Stage(List<AutoCloseable> parts, Site site, JobPlan plan, Subject subject) {
        this.parts = parts;
        this.software = site.software();
        this.subject = subject;
        cluster = keep(Cluster.start(site, TASK_MANAGERS));
        String servers = cluster.bootstrapServers();
        Topics.create(servers);
        Path manifest = site.workplace().file("manifest.jsonl");
        verifier =
                keep(
                        VerifierProcess.start(
                                site,
                                new VerifierProcess.Task(
                                        servers,
                                        Topics.OUTPUT,
                                        Topics.DEAD_LETTERS,
                                        manifest,
                                        subject.reference())));
        verifier.awaitReady();
        scene = Scene.open(cluster, submission(plan), plan.parallelism());
        watch = keep(new Watch(servers));
        cameras = keep(Cameras.open(site.software().frames(), servers, manifest));
    }

    /** With the demo's network. Returns when the job's tasks run. */
    public static Stage open(Site site, JobPlan plan) {
        return open(site, plan, new Subject(site.software().model(), References.find(site)));
    }

    /** Returns when the job's tasks run. */
    public static Stage open(Site site, JobPlan plan, Subject subject) {
        List<AutoCloseable> parts = new ArrayList<>();
        try {
            return new Stage(parts, site, plan, subject);
        } catch (RuntimeException e) {
            close(parts);
            throw e;
        }
    }

    /** Stops the job with a savepoint, and goes on from it as this plan says. */
    public void change(JobPlan plan) throws IOException {
        scene.succeed(submission(plan));
    }

    public Cluster cluster() {
        return cluster;
    }

    public Scene scene() {
        return scene;
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
    public JsonNode verdict() {
        return verifier.conclude();
    }

    @Override
    public void close() {
        close(parts);
    }

    private static void close(List<AutoCloseable> parts) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            try {
                parts.get(i).close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot close " + parts.get(i), e);
            }
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.add(part);
        return part;
    }

    private Submission submission(JobPlan plan) {
        return new Submission(software, plan.mainClass(), arguments(plan));
    }

    private List<String> arguments(JobPlan plan) {
        return Stream.of(
                        plan.first(),
                        List.of(
                                "--kafka.bootstrap.servers=" + cluster.bootstrapServers(),
                                "--input.topics=" + Topics.INPUT,
                                "--input.group-id=proving",
                                "--output.topic=" + Topics.OUTPUT,
                                "--model.path=" + subject.model(),
                                "--delivery.transaction-timeout=5 min",
                                "--delivery.longest-outage=2 min"),
                        plan.options())
                .flatMap(List::stream)
                .toList();
    }
}

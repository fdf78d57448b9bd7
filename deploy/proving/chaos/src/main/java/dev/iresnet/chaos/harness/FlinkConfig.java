package dev.iresnet.chaos.harness;

import dev.iresnet.chaos.process.RunDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Flink's configuration in a run: everything that waits waits briefly, so that a fault costs
 * seconds.
 *
 * @param times of detection and restart
 * @param checkpoints URI of the checkpoints' directory
 * @param control directory of the orders to the storage
 * @param jvmOptions of JobManager and TaskManagers, in addition to those that every run has
 */
public record FlinkConfig(Times times, String checkpoints, Path control, List<String> jvmOptions) {

    public FlinkConfig {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** Checkpoints and orders in directories of the run, no further JVM options. */
    public static FlinkConfig of(Times times, RunDirectory directory) {
        return new FlinkConfig(
                times,
                directory.directory("checkpoints").toUri().toString(),
                directory.directory("control"),
                List.of());
    }

    /** The same with checkpoints in another file system. */
    public FlinkConfig withCheckpoints(String uri) {
        return new FlinkConfig(times, uri, control, jvmOptions);
    }

    /** The same with these options for JobManager and TaskManagers. */
    public FlinkConfig withJvmOptions(List<String> options) {
        return new FlinkConfig(times, checkpoints, control, options);
    }

    /**
     * How soon things are noticed and tried again.
     *
     * @param heartbeat after which a silent process counts as lost
     * @param session after which ZooKeeper takes the leadership from a silent JobManager
     * @param restartDelay before a job that has failed is started again
     * @param checkpointInterval from one checkpoint to the next
     */
    public record Times(
            Duration heartbeat,
            Duration session,
            Duration restartDelay,
            Duration checkpointInterval) {

        /** Of a run in which nothing is broken: a busy process is not taken for a lost one. */
        public static Times slow(Duration checkpointInterval) {
            return new Times(
                    Duration.ofSeconds(50),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1),
                    checkpointInterval);
        }

        /** Of a run on a small machine. */
        public static final Times SHORT =
                new Times(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1));
    }

    /** Writes {@code config.yaml}, and returns its directory. */
    Path write(RunDirectory run, Cluster.Ports ports) {
        Path directory = run.directory("conf");
        String yaml =
                settings(run, ports).entrySet().stream()
                        .map(entry -> "%s: \"%s\"%n".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining());
        try {
            Files.writeString(directory.resolve("config.yaml"), yaml);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
    }

    private Map<String, String> settings(RunDirectory run, Cluster.Ports ports) {
        Map<String, String> settings = new LinkedHashMap<>();
        addresses(settings, ports);
        availability(settings, run, ports);
        timeouts(settings);
        checkpointing(settings, run);
        taskManagers(settings, run);
        return settings;
    }

    private static void addresses(Map<String, String> settings, Cluster.Ports ports) {
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.bind-host", "127.0.0.1");
        settings.put("taskmanager.host", "127.0.0.1");
        settings.put("taskmanager.bind-host", "127.0.0.1");
        settings.put("rest.address", "127.0.0.1");
        settings.put("rest.bind-address", "127.0.0.1");
        settings.put("rest.port", Integer.toString(ports.rest()));
        settings.put("execution.target", "remote");
        settings.put("zookeeper.sasl.disable", "true");
    }

    private void availability(Map<String, String> settings, RunDirectory run, Cluster.Ports ports) {
        String prefix = "high-availability.";
        settings.put(prefix + "type", "zookeeper");
        settings.put(prefix + "storageDir", run.directory("ha").toUri().toString());
        settings.put(prefix + "zookeeper.quorum", "127.0.0.1:" + ports.zooKeeper());
        settings.put(prefix + "zookeeper.client.session-timeout", millis(times.session()));
        settings.put(prefix + "zookeeper.client.connection-timeout", "3000 ms");
        settings.put(prefix + "zookeeper.client.retry-wait", "500 ms");
        settings.put(prefix + "zookeeper.client.max-retry-attempts", "20");
    }

    private void timeouts(Map<String, String> settings) {
        settings.put("heartbeat.interval", "1000 ms");
        settings.put("heartbeat.timeout", millis(times.heartbeat()));
        settings.put("pekko.ask.timeout", "10 s");
        settings.put("cluster.registration.max-timeout", "2 s");
        settings.put("cluster.registration.error-delay", "1 s");
        settings.put("cluster.registration.refused-registration-delay", "1 s");
        settings.put("restart-strategy.type", "fixed-delay");
        settings.put("restart-strategy.fixed-delay.attempts", "1000000");
        settings.put("restart-strategy.fixed-delay.delay", millis(times.restartDelay()));
        settings.put("metrics.fetcher.update-interval", "500 ms");
        // the JobManager would keep each job that has ended in memory, up to 50 MB
        settings.put("jobstore.max-capacity", "5");
    }

    private void checkpointing(Map<String, String> settings, RunDirectory run) {
        String prefix = "execution.checkpointing.";
        settings.put(prefix + "interval", millis(times.checkpointInterval()));
        settings.put(prefix + "timeout", "10 s");
        settings.put(prefix + "tolerable-failed-checkpoints", "2");
        settings.put("chaos.control", control.toString());
        settings.put(prefix + "dir", checkpoints);
        settings.put(prefix + "savepoint-dir", run.directory("savepoints").toUri().toString());
        settings.put(prefix + "num-retained", "3");
        settings.put(prefix + "externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    }

    /** A small one, whose native memory is the operating system's. */
    private static void taskManagers(Map<String, String> settings, RunDirectory run) {
        settings.put("io.tmp.dirs", run.directory("tmp").toString());
        settings.put("taskmanager.numberOfTaskSlots", "2");
        settings.put("taskmanager.load-balance.mode", "SLOTS");
        settings.put("taskmanager.cpu.cores", "1");
        settings.put("taskmanager.memory.task.heap.size", "384m");
        settings.put("taskmanager.memory.task.off-heap.size", "64m");
        settings.put("taskmanager.memory.framework.heap.size", "128m");
        settings.put("taskmanager.memory.framework.off-heap.size", "128m");
        settings.put("taskmanager.memory.managed.size", "0m");
        settings.put("taskmanager.memory.network.min", "32m");
        settings.put("taskmanager.memory.network.max", "32m");
        settings.put("taskmanager.memory.jvm-metaspace.size", "256m");
        settings.put("taskmanager.memory.jvm-overhead.min", "192m");
        settings.put("taskmanager.memory.jvm-overhead.max", "192m");
        // One native library and one model cache a process.
        settings.put("classloader.parent-first-patterns.additional", "org.tensorflow;org.bytedeco");
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }
}

package dev.iresnet.chaos.harness;

import dev.iresnet.chaos.process.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Flink's configuration in a run: everything that waits waits briefly, so that a fault costs
 * seconds.
 *
 * @param times of detection and restart
 * @param checkpoints URI of the checkpoints' directory
 * @param control directory of the orders to the storage
 * @param jvmOptions of JobManager and TaskManagers, in addition to those that every run has
 * @param heapMb of a TaskManager, megabytes
 */
public record FlinkConfig(
        Times times, String checkpoints, Path control, List<String> jvmOptions, int heapMb) {

    /** Heap of a TaskManager whose job has no state to speak of, megabytes. */
    public static final int SMALL_HEAP_MB = 512;

    private static final int FRAMEWORK_HEAP_MB = 128;
    private static final long LEAST_CHECKPOINT_TIMEOUT = 10_000;
    private static final long CHECKPOINT_TIMEOUT_INTERVALS = 3;

    public FlinkConfig {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** Checkpoints and orders in directories of the run, no further JVM options. */
    public static FlinkConfig of(Times times, RunDirectory directory) {
        return new FlinkConfig(
                times,
                directory.directory("checkpoints").toUri().toString(),
                directory.directory("control"),
                List.of(),
                SMALL_HEAP_MB);
    }

    /** The same with checkpoints in another file system. */
    public FlinkConfig withCheckpoints(String uri) {
        return new FlinkConfig(times, uri, control, jvmOptions, heapMb);
    }

    /** The same with these options for JobManager and TaskManagers. */
    public FlinkConfig withJvmOptions(List<String> options) {
        return new FlinkConfig(times, checkpoints, control, options, heapMb);
    }

    /** The same with so much heap for each TaskManager. */
    public FlinkConfig withHeap(int megabytes) {
        return new FlinkConfig(times, checkpoints, control, jvmOptions, megabytes);
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

    /** Small, with native memory that is the operating system's; what waits waits briefly. */
    private static final String SETTINGS =
            """
            jobmanager.rpc.address: 127.0.0.1
            jobmanager.bind-host: 127.0.0.1
            taskmanager.host: 127.0.0.1
            taskmanager.bind-host: 127.0.0.1
            rest.address: 127.0.0.1
            rest.bind-address: 127.0.0.1
            rest.port: %d
            execution.target: remote
            zookeeper.sasl.disable: true
            high-availability.type: zookeeper
            high-availability.storageDir: "%s"
            high-availability.zookeeper.quorum: "127.0.0.1:%d"
            high-availability.zookeeper.client.session-timeout: %d ms
            high-availability.zookeeper.client.connection-timeout: 3000 ms
            high-availability.zookeeper.client.retry-wait: 500 ms
            high-availability.zookeeper.client.max-retry-attempts: 20
            heartbeat.interval: 1000 ms
            heartbeat.timeout: %d ms
            pekko.ask.timeout: 10 s
            cluster.registration.max-timeout: 2 s
            cluster.registration.error-delay: 1 s
            cluster.registration.refused-registration-delay: 1 s
            restart-strategy.type: fixed-delay
            restart-strategy.fixed-delay.attempts: 1000000
            restart-strategy.fixed-delay.delay: %d ms
            metrics.fetcher.update-interval: 500 ms
            # the JobManager would keep each job that has ended in memory, up to 50 MB
            jobstore.max-capacity: 5
            execution.checkpointing.interval: %d ms
            execution.checkpointing.timeout: %d ms
            execution.checkpointing.tolerable-failed-checkpoints: 2
            chaos.control: "%s"
            execution.checkpointing.dir: "%s"
            execution.checkpointing.savepoint-dir: "%s"
            execution.checkpointing.num-retained: 3
            execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION
            io.tmp.dirs: "%s"
            taskmanager.numberOfTaskSlots: 2
            taskmanager.load-balance.mode: SLOTS
            taskmanager.cpu.cores: 1
            taskmanager.memory.task.heap.size: %dm
            taskmanager.memory.task.off-heap.size: 64m
            taskmanager.memory.framework.heap.size: %dm
            taskmanager.memory.framework.off-heap.size: 128m
            taskmanager.memory.managed.size: 0m
            taskmanager.memory.network.min: 32m
            taskmanager.memory.network.max: 32m
            taskmanager.memory.jvm-metaspace.size: 256m
            taskmanager.memory.jvm-overhead.min: 192m
            taskmanager.memory.jvm-overhead.max: 192m
            # one native library and one model cache a process
            classloader.parent-first-patterns.additional: org.tensorflow;org.bytedeco
            """;

    /** Writes {@code config.yaml}, and returns its directory. */
    Path write(RunDirectory run, Cluster.Ports ports) {
        Path directory = run.directory("conf");
        String yaml =
                SETTINGS.formatted(
                        ports.rest(),
                        run.directory("ha").toUri(),
                        ports.zooKeeper(),
                        times.session().toMillis(),
                        times.heartbeat().toMillis(),
                        times.restartDelay().toMillis(),
                        times.checkpointInterval().toMillis(),
                        Math.max(
                                LEAST_CHECKPOINT_TIMEOUT,
                                CHECKPOINT_TIMEOUT_INTERVALS
                                        * times.checkpointInterval().toMillis()),
                        control,
                        checkpoints,
                        run.directory("savepoints").toUri(),
                        run.directory("tmp"),
                        heapMb - FRAMEWORK_HEAP_MB,
                        FRAMEWORK_HEAP_MB);
        try {
            Files.writeString(directory.resolve("config.yaml"), yaml);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
    }
}

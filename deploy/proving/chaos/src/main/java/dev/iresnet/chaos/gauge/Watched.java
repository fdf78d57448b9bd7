package dev.iresnet.chaos.gauge;

import dev.iresnet.chaos.cluster.Cluster;
import dev.iresnet.chaos.cluster.Rest;
import dev.iresnet.chaos.cluster.Waiting;
import dev.iresnet.chaos.process.JvmProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A process that is looked at.
 *
 * @param metrics where Flink tells of it
 * @param gcLog that the process writes
 */
public record Watched(JvmProcess process, Rest rest, String metrics, Path gcLog) {
    private static final Duration TO_COLLECT = Duration.ofSeconds(30);
    private static final double KB_PER_MB = 1024;

    /** JobManager and TaskManagers, started with {@link #jvmOptions}. */
    public static List<Watched> of(Cluster cluster, Path gcLogs) {
        List<Watched> all = new ArrayList<>();
        all.add(watched(cluster, cluster.jobManager(), "/jobmanager/metrics", gcLogs));
        for (Cluster.TaskManager one : cluster.taskManagers()) {
            String metrics = "/taskmanagers/%s/metrics".formatted(one.id());
            all.add(watched(cluster, one.process(), metrics, gcLogs));
        }
        return all;
    }

    /**
     * What lets a JVM be looked at: the heap is the operating system's from the beginning, so that
     * resident memory grows by what is native only; and collections are logged.
     */
    public static List<String> jvmOptions(Path gcLogs) {
        return List.of(
                "-Xms512m", "-XX:+AlwaysPreTouch", "-Xlog:gc:file=" + gcLogs.resolve("gc-%p.log"));
    }

    private static Watched watched(
            Cluster cluster, JvmProcess process, String metrics, Path gcLogs) {
        return new Watched(
                process,
                cluster.rest(),
                metrics,
                gcLogs.resolve("gc-%d.log".formatted(process.pid())));
    }

    public String name() {
        return process.name();
    }

    /**
     * Looks.
     *
     * @throws IOException if the process has ended
     */
    public Reading read() throws IOException {
        Map<Gauge, Double> values = Reading.nothing();
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        ProcStatus status = ProcStatus.parse(Files.readString(proc.resolve("status")));
        values.put(Gauge.RESIDENT, status.residentKb() / KB_PER_MB);
        values.put(Gauge.ANONYMOUS, status.anonymousKb() / KB_PER_MB);
        values.put(Gauge.THREADS, (double) status.threads());
        try (Stream<Path> handles = Files.list(proc.resolve("fd"))) {
            values.put(Gauge.HANDLES, (double) handles.count());
        }
        try {
            FlinkMetrics.read(rest.get(metrics + "?get=" + FlinkMetrics.NAMES), values);
        } catch (IOException e) {
            // Flink is busy: the next look will tell
        }
        return new Reading(Instant.now(), values);
    }

    /** Has the heap collected in full, and returns the megabytes that are left: what is in use. */
    public int liveHeapMb() throws IOException {
        long before = GcLog.askedFor(Files.readAllLines(gcLog));
        command("GC.run");
        Waiting.until(
                "a collection in " + name(),
                TO_COLLECT,
                () -> GcLog.askedFor(Files.readAllLines(gcLog)) > before);
        return GcLog.afterLastFull(Files.readAllLines(gcLog)).orElseThrow();
    }

    /**
     * Has the C library return to the operating system what it holds and nobody uses. Without it
     * resident memory tells how badly blocks fit into the gaps between others, not what is in use.
     *
     * @throws IOException if the JVM cannot do that
     */
    public void trimNativeHeap() throws IOException {
        Process command = command("System.trim_native_heap");
        Waiting.until("a trimmed " + name(), TO_COLLECT, () -> !command.isAlive());
        if (command.exitValue() != 0) {
            throw new IOException(
                    "jcmd %d System.trim_native_heap ended with %d: this needs Java 17.0.9 or newer, on Linux"
                            .formatted(process.pid(), command.exitValue()));
        }
    }

    private Process command(String command) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}

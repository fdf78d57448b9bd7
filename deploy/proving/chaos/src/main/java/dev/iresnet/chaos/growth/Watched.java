package dev.iresnet.chaos.growth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.harness.Cluster;
import dev.iresnet.chaos.harness.Rest;
import dev.iresnet.chaos.process.JvmProcess;
import dev.iresnet.chaos.process.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final double BYTES_PER_MB = 1 << 20;

    private static final Pattern STATUS =
            Pattern.compile("^(VmRSS|RssAnon|Threads):\\s+(\\d+)(?: kB)?$", Pattern.MULTILINE);
    private static final Pattern FULL = Pattern.compile("Pause Full \\(.*\\) \\d+M->(\\d+)M\\(");

    private static final String JVM = "Status.JVM.";
    private static final String LOADED = JVM + "ClassLoader.ClassesLoaded";
    private static final String UNLOADED = JVM + "ClassLoader.ClassesUnloaded";

    /** Flink's names of what is told in bytes. */
    private static final Map<String, Gauge> BYTES =
            Map.of(
                    JVM + "Memory.Heap.Used", Gauge.HEAP,
                    JVM + "Memory.Metaspace.Used", Gauge.METASPACE,
                    JVM + "Memory.Direct.MemoryUsed", Gauge.DIRECT);

    private static final String NAMES =
            Stream.concat(BYTES.keySet().stream(), Stream.of(LOADED, UNLOADED))
                    .collect(Collectors.joining(","));

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
     * What lets a JVM be looked at: the heap is touched at the beginning, so that resident memory
     * grows by what is native only; collections are logged; and full ones leave nothing that is
     * dead. By default the serial collector moves objects each fourth time only, else it leaves a
     * twentieth of the old generation, and calls it used.
     */
    public static List<String> jvmOptions(Path gcLogs) {
        return List.of(
                "-XX:+AlwaysPreTouch",
                "-XX:MarkSweepAlwaysCompactCount=1",
                "-Xlog:gc:file=" + gcLogs.resolve("gc-%p.log"));
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
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        Map<Gauge, Double> values = status(Files.readString(proc.resolve("status")));
        try (Stream<Path> handles = Files.list(proc.resolve("fd"))) {
            values.put(Gauge.HANDLES, (double) handles.count());
        }
        try {
            values.putAll(flinkMetrics(rest.get(metrics + "?get=" + NAMES)));
        } catch (IOException e) {
            // Flink is busy: the next look will tell
        }
        return new Reading(Instant.now(), values);
    }

    /** All of them at the same time, by name; those that have ended are left out. */
    public static Map<String, Reading> readAll(List<Watched> processes) throws IOException {
        Map<String, Reading> readings = new LinkedHashMap<>();
        for (Watched one : processes) {
            if (one.process().isAlive()) {
                readings.put(one.name(), one.read());
            }
        }
        return readings;
    }

    /** Live heaps by name, in megabytes; processes that have ended are left out. */
    public static Map<String, Integer> liveHeaps(List<Watched> processes) throws IOException {
        Map<String, Integer> heaps = new LinkedHashMap<>();
        for (Watched one : processes) {
            if (one.process().isAlive()) {
                heaps.put(one.name(), one.liveHeapMb());
            }
        }
        return heaps;
    }

    /** Has the heap collected in full, and returns the megabytes that are left: what is in use. */
    private int liveHeapMb() throws IOException {
        long before = collectionsAskedFor(Files.readAllLines(gcLog));
        command("GC.run");
        Waiting.until(
                "a collection in " + name(),
                TO_COLLECT,
                () -> collectionsAskedFor(Files.readAllLines(gcLog)) > before);
        return afterLastCollection(Files.readAllLines(gcLog)).orElseThrow();
    }

    /**
     * Has the C library return to the operating system the memory that it holds free. Without it
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

    /**
     * Reads the text of {@code /proc/PID/status}.
     *
     * @throws IllegalArgumentException if a line is not there, as in a process that has ended
     */
    static Map<Gauge, Double> status(String text) {
        Map<String, Double> found = new HashMap<>();
        STATUS.matcher(text)
                .results()
                .forEach(one -> found.putIfAbsent(one.group(1), Double.valueOf(one.group(2))));
        Map<Gauge, Double> values = new EnumMap<>(Gauge.class);
        values.put(Gauge.RESIDENT, required(found, "VmRSS") / KB_PER_MB);
        values.put(Gauge.ANONYMOUS, required(found, "RssAnon") / KB_PER_MB);
        values.put(Gauge.THREADS, required(found, "Threads"));
        return values;
    }

    private static double required(Map<String, Double> found, String name) {
        Double value = found.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "no line '%s' in /proc/PID/status: the process has ended".formatted(name));
        }
        return value;
    }

    /** What Flink's answer tells; it may not know everything yet. */
    static Map<Gauge, Double> flinkMetrics(JsonNode answer) {
        Map<String, Double> told = new HashMap<>();
        answer.forEach(one -> told.put(one.path("id").asText(), one.path("value").asDouble()));
        Map<Gauge, Double> values = new EnumMap<>(Gauge.class);
        BYTES.forEach(
                (name, gauge) -> {
                    Double bytes = told.get(name);
                    if (bytes != null) {
                        values.put(gauge, bytes / BYTES_PER_MB);
                    }
                });
        Double loaded = told.get(LOADED);
        Double unloaded = told.get(UNLOADED);
        if (loaded != null && unloaded != null) {
            values.put(Gauge.CLASSES, loaded - unloaded);
        }
        return values;
    }

    /**
     * Megabytes that the last full collection has left; empty if there was none.
     *
     * @param log that the JVM writes with {@code -Xlog:gc}
     */
    static OptionalInt afterLastCollection(List<String> log) {
        for (int i = log.size() - 1; i >= 0; i--) {
            Matcher matcher = FULL.matcher(log.get(i));
            if (matcher.find()) {
                return OptionalInt.of(Integer.parseInt(matcher.group(1)));
            }
        }
        return OptionalInt.empty();
    }

    /** Full collections that {@code jcmd} asked for. */
    static long collectionsAskedFor(List<String> log) {
        return log.stream().filter(line -> line.contains("Pause Full (Diagnostic")).count();
    }
}

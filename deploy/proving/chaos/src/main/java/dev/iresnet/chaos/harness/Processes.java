package dev.iresnet.chaos.harness;

import dev.iresnet.chaos.process.JvmCommand;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.proving.broker.BrokerMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How each process of a cluster is started. */
final class Processes {
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Dfile.encoding=UTF-8");

    /** Flink and Kafka reflect into java.base; Flink's own scripts pass the same. */
    private static final List<String> OPENS =
            List.of(
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");

    private final Software software;
    private final RunDirectory run;
    private final Cluster.Ports ports;
    private final Path conf;
    private final FlinkConfig config;

    Processes(Setup setup, Cluster.Ports ports) {
        this.software = setup.software();
        this.run = setup.directory();
        this.ports = ports;
        this.config = setup.config();
        this.conf = config.write(run, ports);
    }

    JvmCommand zooKeeper() {
        Path file = run.file("zoo.cfg");
        String text =
                "tickTime=500%ndataDir=%s%nclientPort=%d%nclientPortAddress=127.0.0.1%nadmin.enableServer=false%n"
                        .formatted(run.directory("zookeeper"), ports.zooKeeper());
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return new JvmCommand(
                "zookeeper",
                "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                software.cluster(),
                options("-Xmx64m", "-XX:TieredStopAtLevel=1"),
                List.of("--zkConfigFile", file.toString(), "--peerId", "1"),
                Map.of());
    }

    JvmCommand broker() {
        return new JvmCommand(
                "broker",
                BrokerMain.class.getName(),
                software.own(),
                options("-Xmx512m"),
                List.of("--port=" + ports.broker(), "--directory=" + run.directory("kafka")),
                Map.of());
    }

    JvmCommand jobManager() {
        return new JvmCommand(
                "jobmanager",
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                software.cluster(),
                flinkOptions(512, "-XX:MaxMetaspaceSize=256m"),
                List.of("--configDir", conf.toString(), "--host", "127.0.0.1"),
                Map.of("MALLOC_ARENA_MAX", "2"));
    }

    /**
     * @param place 1 or 2; what it keeps on disk stays with the place
     * @param resourceId by which Flink tells it from its predecessor
     */
    JvmCommand taskManager(int place, String resourceId) {
        return new JvmCommand(
                "taskmanager-" + place,
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                software.cluster(),
                flinkOptions(
                        config.heapMb(),
                        "-XX:MaxDirectMemorySize=224m",
                        "-XX:MaxMetaspaceSize=256m",
                        // TensorFlow's memory is not the heap's: no limit derived from -Xmx.
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-Dorg.bytedeco.javacpp.maxBytes=0",
                        // JVMs race on a shared cache of native libraries.
                        "-Dorg.bytedeco.javacpp.cachedir=" + run.directory("javacpp-" + place)),
                List.of("--configDir", conf.toString(), "-Dtaskmanager.resource-id=" + resourceId),
                Map.of("MALLOC_ARENA_MAX", "2", "TF_CPP_MIN_LOG_LEVEL", "2"));
    }

    /** Flink's own client: {@code flink} with these arguments. */
    JvmCommand client(List<String> arguments) {
        return new JvmCommand(
                "client",
                "org.apache.flink.client.cli.CliFrontend",
                software.cluster(),
                options("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                arguments,
                Map.of("FLINK_CONF_DIR", conf.toString()));
    }

    private List<String> flinkOptions(int heapMb, String... own) {
        List<String> heap = List.of("-Xms%dm".formatted(heapMb), "-Xmx%dm".formatted(heapMb));
        return Stream.of(options(own), heap, config.jvmOptions()).flatMap(List::stream).toList();
    }

    private static List<String> options(String... own) {
        return Stream.of(SMALL, OPENS, List.of(own)).flatMap(List::stream).toList();
    }
}

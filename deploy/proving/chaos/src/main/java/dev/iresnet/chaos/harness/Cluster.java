package dev.iresnet.chaos.harness;

import dev.iresnet.chaos.process.JvmProcess;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.chaos.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The processes of a run, and where each is at present. Used by one thread. */
public final class Cluster implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(4);
    private static final Pattern SUBMITTED =
            Pattern.compile("Job has been submitted with JobID ([0-9a-f]{32})");

    private final Processes processes;
    private final RunDirectory directory;
    private final Ports ports;
    private final Rest rest;
    private final JvmProcess zooKeeper;
    private final List<TaskManager> taskManagers = new ArrayList<>();
    private JvmProcess broker;
    private JvmProcess jobManager;
    private int started;

    /**
     * A TaskManager at one of the places.
     *
     * @param place from 1
     * @param id by which Flink knows it
     */
    public record TaskManager(int place, String id, JvmProcess process) {}

    private Cluster(Setup setup, Ports ports) {
        this.directory = setup.directory();
        this.ports = ports;
        this.rest = new Rest(ports.rest());
        this.processes = new Processes(setup, ports);
        this.zooKeeper = JvmProcess.start(processes.zooKeeper(), directory.log("zookeeper"));
        this.broker = JvmProcess.start(processes.broker(), directory.log("broker"));
        this.jobManager = JvmProcess.start(processes.jobManager(), directory.log("jobmanager"));
    }

    /** Starts all of it, and returns when the TaskManagers have registered. */
    public static Cluster start(Setup setup, int taskManagers) {
        Cluster cluster = new Cluster(setup, Ports.find());
        try {
            for (int place = 1; place <= taskManagers; place++) {
                cluster.taskManagers.add(cluster.startTaskManager(place));
            }
            cluster.awaitTaskManagers(START);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return ports.bootstrapServers();
    }

    public Rest rest() {
        return rest;
    }

    public RunDirectory directory() {
        return directory;
    }

    public JvmProcess broker() {
        return broker;
    }

    public JvmProcess jobManager() {
        return jobManager;
    }

    public List<TaskManager> taskManagers() {
        return List.copyOf(taskManagers);
    }

    /**
     * Submits a job by Flink's own client, in a process of its own.
     *
     * @param arguments of {@code flink}
     * @throws IllegalStateException with what the client printed, if the job is refused
     */
    FlinkJob submit(List<String> arguments) {
        Path log = directory.log("client");
        JvmProcess client = JvmProcess.startPiped(processes.client(arguments), log);
        try {
            String printed =
                    new String(
                            client.process().getInputStream().readAllBytes(),
                            StandardCharsets.UTF_8);
            Matcher matcher = SUBMITTED.matcher(printed);
            if (!matcher.find()) {
                throw new IllegalStateException(
                        "the job was not submitted (%s): %s".formatted(log, printed.strip()));
            }
            return new FlinkJob(rest, matcher.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException("Flink's client has gone", e);
        }
    }

    /** Starts the broker again, over the same data and on the same port. */
    public void restartBroker() {
        broker = JvmProcess.start(processes.broker(), directory.log("broker"));
    }

    /** Waits until it takes connections, which is when it has recovered its data. */
    public void awaitBroker(Duration atMost) {
        Waiting.until("the broker", atMost, ports::brokerListens);
    }

    /** Starts the JobManager again. */
    public void restartJobManager() {
        jobManager = JvmProcess.start(processes.jobManager(), directory.log("jobmanager"));
    }

    /** Starts a TaskManager where another one was. */
    public void replace(TaskManager gone) {
        taskManagers.set(taskManagers.indexOf(gone), startTaskManager(gone.place()));
    }

    /**
     * Starts again what has ended by itself.
     *
     * @return what that was
     */
    public List<String> replaceEnded() {
        List<String> ended = new ArrayList<>();
        for (TaskManager one : taskManagers()) {
            if (!one.process().isAlive()) {
                ended.add(end(one.process()));
                replace(one);
            }
        }
        if (!jobManager.isAlive()) {
            ended.add(end(jobManager));
            restartJobManager();
        }
        if (!broker.isAlive()) {
            ended.add(end(broker));
            restartBroker();
        }
        return ended;
    }

    private static String end(JvmProcess process) {
        return "%s ended by itself with status %d"
                .formatted(process.name(), process.process().exitValue());
    }

    private TaskManager startTaskManager(int place) {
        started++;
        String id = "tm-%d-%d".formatted(place, started);
        return new TaskManager(
                place,
                id,
                JvmProcess.start(
                        processes.taskManager(place, id), directory.log("taskmanager-" + place)));
    }

    /** Waits until Flink knows the TaskManagers that there are now. */
    public void awaitTaskManagers(Duration atMost) {
        Waiting.until(
                "the TaskManagers to register",
                atMost,
                () -> {
                    requireAlive(broker);
                    requireAlive(jobManager);
                    taskManagers.forEach(one -> requireAlive(one.process()));
                    List<String> known = new ArrayList<>();
                    rest.get("/taskmanagers")
                            .path("taskmanagers")
                            .forEach(one -> known.add(one.path("id").asText()));
                    return taskManagers.stream().allMatch(one -> known.contains(one.id()));
                });
    }

    private static void requireAlive(JvmProcess process) {
        if (!process.isAlive()) {
            throw new IllegalStateException(process.name() + " has ended at its start");
        }
    }

    @Override
    public void close() {
        taskManagers.forEach(one -> one.process().close());
        jobManager.close();
        broker.close();
        zooKeeper.close();
    }

    /**
     * Ports that stay the same when a process is started again, and so are fixed beforehand.
     *
     * @param broker of Kafka
     * @param zooKeeper of ZooKeeper
     * @param rest of the JobManager's REST interface
     */
    record Ports(int broker, int zooKeeper, int rest) {

        /** Takes what is free at the moment. */
        static Ports find() {
            try (ServerSocket broker = any();
                    ServerSocket zooKeeper = any();
                    ServerSocket rest = any()) {
                return new Ports(
                        broker.getLocalPort(), zooKeeper.getLocalPort(), rest.getLocalPort());
            } catch (IOException e) {
                throw new UncheckedIOException("no free ports on 127.0.0.1", e);
            }
        }

        private static ServerSocket any() throws IOException {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        }

        /** Whether the broker takes connections. */
        boolean brokerListens() {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        }

        String bootstrapServers() {
            return "127.0.0.1:" + broker;
        }
    }
}

package dev.iresnet.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.local.options.Ports;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.process.StopSignal;
import dev.iresnet.local.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalClusterIT {

    private static final String PORTS = "18081-18981";

    @TempDir private Path directory;

    @Test
    void runsAJobBehindItsWebPage() throws Exception {
        try (LocalCluster cluster = cluster(PORTS)) {
            RunningJob job = cluster.submit(graph(value -> value));
            awaitReady(job);

            HttpResponse<String> page =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(cluster.restUrl()).build(),
                                    HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("Apache Flink");
            assertThat(job.metrics().meanBatchSize()).isEmpty();
            job.stopInOrder(directory.resolve("savepoint"));
            assertThatThrownBy(job::requireAlive)
                    .isInstanceOf(LocalException.class)
                    .hasMessageContaining("FINISHED");
        }
    }

    /** Flink asks nobody for a login: from another machine a job could be cancelled. */
    @Test
    void whatListensDoesSoOnThisMachineOnly() throws Exception {
        Set<String> before = ListeningSockets.ofThisProcess();
        try (LocalBroker broker =
                        LocalBroker.start(
                                new Topics("in", "out", "in.dlq"), directory.resolve("kafka"));
                LocalCluster cluster = cluster(PORTS)) {
            RunningJob job = cluster.submit(graph(value -> value));
            awaitReady(job);
            Set<String> sockets = ListeningSockets.ofThisProcess();
            sockets.removeAll(before);
            assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");
            assertThat(sockets)
                    .as("broker, controller, REST and blob server")
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allMatch(ListeningSockets::isLoopback);
            job.cancel();
        }
    }

    @Test
    void listensWhereItIsToldTo() throws Exception {
        Set<String> before = ListeningSockets.ofThisProcess();
        try (LocalCluster cluster = cluster(new Ports("0.0.0.0", PORTS, Optional.empty()))) {
            Set<String> sockets = ListeningSockets.ofThisProcess();
            sockets.removeAll(before);
            assertThat(sockets)
                    .filteredOn(socket -> !ListeningSockets.isLoopback(socket))
                    .singleElement()
                    .asString()
                    .endsWith(":" + cluster.restUrl().getPort());
        }
    }

    @Test
    void tellsWhyAJobFailed() {
        try (LocalCluster cluster = cluster(PORTS)) {
            RunningJob job =
                    cluster.submit(
                            graph(
                                    value -> {
                                        throw new NoModelException();
                                    }));

            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    job.requireAlive();
                                    Thread.onSpinWait();
                                }
                            })
                    .isInstanceOf(LocalException.class)
                    .hasMessage("The job has ended: the model is gone");
        }
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThatThrownBy(() -> cluster(port))
                    .isInstanceOf(LocalException.class)
                    .hasMessageContaining("port " + port)
                    .hasMessageContaining("--port");
        }
    }

    private LocalCluster cluster(String ports) {
        return cluster(new Ports(Ports.LOOPBACK, ports, Optional.empty()));
    }

    private LocalCluster cluster(Ports ports) {
        return LocalCluster.start(1, ports, directory, directory.resolve("log"));
    }

    private static StreamGraph graph(MapFunction<Long, Long> function) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(1);
        environment.enableCheckpointing(1000);
        environment.fromSequence(0, Long.MAX_VALUE).map(function).sinkTo(new DiscardingSink<>());
        return environment.getStreamGraph();
    }

    private static void awaitReady(RunningJob job) {
        StopSignal never = new StopSignal();
        while (!job.isReady()) {
            never.pause(Duration.ofMillis(20));
        }
    }

    /** As the job's own fatal errors are marked. */
    @ThrowableAnnotation(ThrowableType.NonRecoverableError)
    private static final class NoModelException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoModelException() {
            super("the model is gone");
        }
    }
}

package dev.iresnet.local.cluster;

import dev.iresnet.local.options.Ports;
import dev.iresnet.local.process.LocalException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;

/** Flink in this process, with its REST interface and web UI: one task manager. */
public final class LocalCluster implements AutoCloseable {

    private final MiniCluster cluster;
    private final URI restUrl;

    private LocalCluster(MiniCluster cluster, URI restUrl) {
        this.cluster = cluster;
        this.restUrl = restUrl;
    }

    /**
     * Starts the cluster.
     *
     * @param slots task slots
     * @param ports where the REST interface listens
     * @param directory for Flink's files
     * @param log what the web UI shows as log
     */
    public static LocalCluster start(int slots, Ports ports, Path directory, Path log) {
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration(ports, directory, log))
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .build());
        try {
            cluster.start();
            return new LocalCluster(cluster, cluster.getRestAddress().get());
        } catch (Exception e) { // start() declares all of them
            throw ExceptionUtils.findThrowable(e, BindException.class)
                    .map(
                            bind ->
                                    new LocalException(
                                            "The web UI cannot listen on port %s of %s: it is in use, or the address is not this machine's. Choose another with --port or --bind."
                                                    .formatted(ports.rest(), ports.bind()),
                                            e))
                    .orElseGet(
                            () -> new LocalException("Flink did not start: " + e.getMessage(), e));
        }
    }

    /** Of the REST interface and the web UI. */
    public URI restUrl() {
        return restUrl;
    }

    public RunningJob submit(StreamGraph graph) {
        JobID id =
                RunningJob.await(cluster.submitJob(graph.getJobGraph()), "submit the job")
                        .getJobID();
        return new RunningJob(cluster, id, restUrl);
    }

    @Override
    public void close() {
        RunningJob.await(cluster.closeAsync(), "stop Flink");
    }

    private static Configuration configuration(Ports ports, Path directory, Path log) {
        Configuration configuration = new Configuration();
        // Flink has no login, and by default it listens on all addresses.
        configuration.set(RestOptions.ADDRESS, reachable(ports.bind()));
        configuration.set(RestOptions.BIND_ADDRESS, ports.bind());
        configuration.set(RestOptions.BIND_PORT, ports.rest());
        // the blob server, which takes and gives files
        configuration.set(JobManagerOptions.BIND_HOST, Ports.LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, Ports.LOOPBACK);
        configuration.set(CoreOptions.TMP_DIRS, directory.toString());
        configuration.set(WebOptions.TMP_DIR, directory.toString());
        configuration.set(WebOptions.LOG_PATH, log.toString());
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        // Flink would restart the job for ever; the user has to see the error.
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY,
                RestartStrategyOptions.RestartStrategyType.FAILURE_RATE.getMainValue());
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL, 5);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL,
                Duration.ofMinutes(5));
        // By default ten seconds: a short run would end before its first figures.
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(500));
        return configuration;
    }

    /** Where this process finds what listens there. */
    private static String reachable(String bind) {
        return bind.equals(Ports.LOOPBACK) || bind.equals("0.0.0.0") ? "localhost" : bind;
    }
}

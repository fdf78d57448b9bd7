package dev.iresnet.local;

import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;

/** Flink in this process, with its REST interface and web UI: one task manager. */
final class LocalCluster implements AutoCloseable {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    private final MiniCluster cluster;
    private final URI restUrl;

    private LocalCluster(MiniCluster cluster, URI restUrl) {
        this.cluster = cluster;
        this.restUrl = restUrl;
    }

    /**
     * @param slots task slots
     * @param ports for the REST interface: one, or a range of which the first free one is taken
     * @param directory for Flink's files
     * @param log what the web UI shows as log
     */
    static LocalCluster start(int slots, String ports, Path directory, Path log) {
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
                                            "The web UI cannot listen on port %s: it is in use. Choose another with --port."
                                                    .formatted(ports),
                                            e))
                    .orElseGet(
                            () -> new LocalException("Flink did not start: " + e.getMessage(), e));
        }
    }

    /** Of the REST interface and the web UI. */
    URI restUrl() {
        return restUrl;
    }

    JobID submit(StreamGraph graph) {
        return await(cluster.submitJob(graph.getJobGraph()), "submit the job").getJobID();
    }

    JobStatus status(JobID job) {
        return await(cluster.getJobStatus(job), "ask for the job's status");
    }

    /** Whether each task has opened its operators, the model among them. */
    boolean isRunning(JobID job) {
        AccessExecutionGraph graph = await(cluster.getExecutionGraph(job), "look at the job");
        for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /** Why the job failed, if it did: the innermost cause that says something. */
    Optional<String> failure(JobID job) {
        ErrorInfo failure =
                await(cluster.getExecutionGraph(job), "look at the job").getFailureInfo();
        return Optional.ofNullable(failure)
                .map(
                        info ->
                                Reasons.of(
                                        info.getException()
                                                .deserializeError(
                                                        LocalCluster.class.getClassLoader())));
    }

    void cancel(JobID job) {
        if (!status(job).isGloballyTerminalState()) {
            await(cluster.cancelJob(job), "cancel the job");
            await(cluster.requestJobResult(job), "wait for the job's end");
        }
    }

    @Override
    public void close() {
        await(cluster.closeAsync(), "stop Flink");
    }

    private static Configuration configuration(String ports, Path directory, Path log) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "localhost");
        configuration.set(RestOptions.BIND_PORT, ports);
        configuration.set(CoreOptions.TMP_DIRS, directory.toString());
        configuration.set(WebOptions.TMP_DIR, directory.toString());
        configuration.set(WebOptions.LOG_PATH, log.toString());
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        // By default ten seconds: a short run would end before its first figures.
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(500));
        return configuration;
    }

    private static <T> T await(CompletableFuture<T> future, String purpose) {
        try {
            return future.get(CALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new LocalException("Flink could not %s: %s".formatted(purpose, Reasons.of(e)), e);
        } catch (TimeoutException e) {
            throw new LocalException(
                    "Flink did not %s within %d s".formatted(purpose, CALL_TIMEOUT.toSeconds()), e);
        } catch (InterruptedException e) {
            throw new StoppedException();
        }
    }
}

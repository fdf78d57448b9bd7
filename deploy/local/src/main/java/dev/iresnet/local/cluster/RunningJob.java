package dev.iresnet.local.cluster;

import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.process.StopSignal;
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
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that was submitted. */
public final class RunningJob {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

    private final MiniCluster cluster;
    private final JobID id;
    private final JobMetrics metrics;

    public RunningJob(MiniCluster cluster, JobID id, URI restUrl) {
        this.cluster = cluster;
        this.id = id;
        this.metrics = new JobMetrics(restUrl, id);
    }

    public JobMetrics metrics() {
        return metrics;
    }

    /**
     * Whether each task has opened its operators, the model among them.
     *
     * @throws LocalException if the job has failed for good
     */
    public boolean isReady() {
        AccessExecutionGraph graph = requireAlive();
        if (graph.getState() != JobStatus.RUNNING) {
            // while the job is being set up its graph has no vertices yet
            return false;
        }
        for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /**
     * The job as Flink runs it.
     *
     * @throws LocalException if the job has ended, with the reason
     */
    public AccessExecutionGraph requireAlive() {
        AccessExecutionGraph graph = await(cluster.getExecutionGraph(id), "look at the job");
        if (graph.getState().isGloballyTerminalState()) {
            throw new LocalException(
                    "The job has ended: " + failure(graph).orElse(graph.getState().toString()));
        }
        return graph;
    }

    /** Ends the job after a last checkpoint, so that all its results are committed. */
    public void stopInOrder(Path directory) {
        try {
            requireAlive();
            await(
                    cluster.stopWithSavepoint(
                            id, directory.toUri().toString(), false, SavepointFormatType.CANONICAL),
                    "stop the job");
        } catch (LocalException e) {
            LOG.warn(
                    "The job could not be stopped in order; its last results are not committed", e);
        }
    }

    /** Ends the job; what is not committed is dropped. */
    public void cancel() {
        try {
            await(cluster.cancelJob(id), "cancel the job");
            await(cluster.requestJobResult(id), "end the job");
        } catch (LocalException e) {
            LOG.warn("The job could not be cancelled", e);
        }
    }

    private static Optional<String> failure(AccessExecutionGraph graph) {
        ErrorInfo failure = graph.getFailureInfo();
        return Optional.ofNullable(failure)
                .map(info -> info.getException().deserializeError(loader()))
                .map(LocalException::reason);
    }

    private static ClassLoader loader() {
        return RunningJob.class.getClassLoader();
    }

    /**
     * Waits for an answer of Flink.
     *
     * @param purpose what was asked of Flink: an infinitive without "to"
     * @throws LocalException if it failed or did not answer
     */
    public static <T> T await(CompletableFuture<T> future, String purpose) {
        try {
            return future.get(CALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new LocalException(
                    "Flink could not %s: %s".formatted(purpose, LocalException.reason(e)), e);
        } catch (TimeoutException e) {
            throw new LocalException(
                    "Flink did not %s within %d s".formatted(purpose, CALL_TIMEOUT.toSeconds()), e);
        } catch (InterruptedException e) {
            throw new StopSignal.StoppedException();
        }
    }
}

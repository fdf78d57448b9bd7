package dev.iresnet.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
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
final class RunningJob {

    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

    private final MiniCluster cluster;
    private final JobID id;
    private final JobMetrics metrics;

    RunningJob(MiniCluster cluster, JobID id, URI restUrl) {
        this.cluster = cluster;
        this.id = id;
        this.metrics = new JobMetrics(restUrl, id);
    }

    JobMetrics metrics() {
        return metrics;
    }

    /**
     * Whether each task has opened its operators, the model among them.
     *
     * @throws LocalException if the job has failed for good
     */
    boolean isReady() {
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
     * @throws LocalException if the job has ended, with the reason
     */
    AccessExecutionGraph requireAlive() {
        AccessExecutionGraph graph =
                FlinkCalls.await(cluster.getExecutionGraph(id), "look at the job");
        if (graph.getState().isGloballyTerminalState()) {
            throw new LocalException(
                    "The job has ended: " + failure(graph).orElse(graph.getState().toString()));
        }
        return graph;
    }

    /** Ends the job after a last checkpoint, so that all its results are committed. */
    void stopInOrder(Path directory) {
        try {
            requireAlive();
            FlinkCalls.await(
                    cluster.stopWithSavepoint(
                            id, directory.toUri().toString(), false, SavepointFormatType.CANONICAL),
                    "stop the job");
        } catch (LocalException e) {
            LOG.warn(
                    "The job could not be stopped in order; its last results are not committed", e);
        }
    }

    /** Ends the job; what is not committed is dropped. */
    void cancel() {
        try {
            FlinkCalls.await(cluster.cancelJob(id), "cancel the job");
            FlinkCalls.await(cluster.requestJobResult(id), "end the job");
        } catch (LocalException e) {
            LOG.warn("The job could not be cancelled", e);
        }
    }

    private static Optional<String> failure(AccessExecutionGraph graph) {
        ErrorInfo failure = graph.getFailureInfo();
        return Optional.ofNullable(failure)
                .map(info -> info.getException().deserializeError(loader()))
                .map(Reasons::of);
    }

    private static ClassLoader loader() {
        return RunningJob.class.getClassLoader();
    }
}

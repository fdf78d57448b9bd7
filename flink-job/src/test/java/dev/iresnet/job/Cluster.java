package dev.iresnet.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.Condition;
import dev.iresnet.config.JobConfig;
import dev.iresnet.kafka.CheckpointTimes;
import dev.iresnet.kafka.PreflightChecks;
import dev.iresnet.kafka.RecordLimits;
import dev.iresnet.operator.EngineFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/** Flink in this process, with one task manager, and what tests do with it. */
final class Cluster implements AutoCloseable {
    /** What a metric is until Flink has fetched it for the first time. */
    private static final long UNKNOWN = -1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MiniCluster flink;
    private final HttpClient http = HttpClient.newHttpClient();

    private Cluster(MiniCluster flink) {
        this.flink = flink;
    }

    static Cluster start(int slots) throws Exception {
        return start(slots, new Configuration());
    }

    static Cluster start(int slots, Configuration more) throws Exception {
        Configuration configuration = new Configuration(more);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(100));
        MiniCluster flink =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .withRandomPorts()
                                .build());
        flink.start();
        return new Cluster(flink);
    }

    /** Does what {@link TaggingJob#main} does, with another engine. */
    JobID submit(
            List<String> arguments,
            EngineFactory recipe,
            int parallelism,
            @Nullable String savepoint)
            throws Exception {
        StreamGraph graph = graph(arguments, recipe, parallelism);
        if (savepoint != null) {
            graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
        }
        return flink.submitJob(graph.getJobGraph()).get().getJobID();
    }

    /** What is submitted. */
    StreamGraph graph(List<String> arguments, EngineFactory recipe, int parallelism) {
        JobConfig config = JobConfig.read(arguments, Map.of());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(flink.getConfiguration());
        env.setParallelism(parallelism);
        CheckpointTimes checkpoints = Checkpointing.apply(config.checkpoints(), env);
        // Flink draws the moment of the first checkpoint between this pause and the interval:
        // without
        // it a test that wants none before its own would have one now and then.
        env.getCheckpointConfig().setMinPauseBetweenCheckpoints(checkpoints.interval().toMillis());
        RecordLimits limits = new PreflightChecks(config, checkpoints).run();
        TaggingPipeline.build(env, config, recipe, limits);
        return env.getStreamGraph();
    }

    void awaitRunning(JobID job) {
        Condition.await(
                "all tasks of the job run",
                () ->
                        flink.getJobStatus(job).get() == JobStatus.RUNNING
                                && runningTasks(job).stream().allMatch("RUNNING"::equals));
    }

    /** Its number, when it is complete. */
    long checkpoint(JobID job) throws Exception {
        return flink.triggerCheckpoint(job, CheckpointType.FULL).get();
    }

    String stopWithSavepoint(JobID job, Path directory) throws Exception {
        return stoppingWithSavepoint(job, directory).get();
    }

    CompletableFuture<String> stoppingWithSavepoint(JobID job, Path directory) {
        return flink.stopWithSavepoint(
                job, directory.toUri().toString(), false, SavepointFormatType.CANONICAL);
    }

    void cancel(JobID job) throws Exception {
        flink.cancelJob(job).get();
        flink.requestJobResult(job).get();
    }

    JobResult result(JobID job) throws Exception {
        return flink.requestJobResult(job).get();
    }

    /** Takes the task manager away, lets {@code meanwhile} happen, and brings up another. */
    void replaceTaskManager(Runnable meanwhile) throws Exception {
        var gone = flink.terminateTaskManager(0);
        meanwhile.run();
        gone.get();
        flink.startTaskManager();
    }

    long restarts(JobID job) throws Exception {
        JsonNode values = get("/jobs/" + job + "/metrics?get=numRestarts");
        return values.isEmpty() ? UNKNOWN : values.get(0).get("value").asLong();
    }

    /** A metric of an operator, summed over its subtasks, as Flink's REST interface gives it. */
    long sum(JobID job, String metric) throws Exception {
        JsonNode vertex = get("/jobs/" + job).path("vertices").path(0);
        if (vertex.isMissingNode()) {
            return UNKNOWN;
        }
        JsonNode values =
                get(
                        "/jobs/%s/vertices/%s/subtasks/metrics?get=%s&agg=sum"
                                .formatted(job, vertex.get("id").asText(), metric));
        return values.isEmpty() ? UNKNOWN : values.get(0).get("sum").asLong();
    }

    /** How many vertices the job has: one if everything is chained but the committers. */
    List<String> vertices(JobID job) throws Exception {
        List<String> names = new ArrayList<>();
        get("/jobs/" + job).get("vertices").forEach(v -> names.add(v.get("name").asText()));
        return names;
    }

    @Override
    public void close() {
        flink.closeAsync().join();
    }

    private List<String> runningTasks(JobID job) throws Exception {
        List<String> states = new ArrayList<>();
        flink.getExecutionGraph(job)
                .get()
                .getAllExecutionVertices()
                .forEach(vertex -> states.add(vertex.getExecutionState().name()));
        return states;
    }

    /** What Flink's REST interface answers. */
    JsonNode get(String path) throws Exception {
        URI uri = flink.getRestAddress().get().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}

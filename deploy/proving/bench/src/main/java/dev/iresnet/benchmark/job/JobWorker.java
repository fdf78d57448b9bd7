package dev.iresnet.benchmark.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.config.JobConfig;
import dev.iresnet.job.ModelSource;
import dev.iresnet.job.SavedModelSource;
import dev.iresnet.job.TaggingJob;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The whole job in this process, with JobManager and TaskManager, assembled as its own main does.
 * It runs from the beginning to the end of the process.
 */
public final class JobWorker implements Worker<JsonNode> {
    private final JobClient job;
    private final Usage usage = new Usage();

    /**
     * The job.
     *
     * @param arguments as its main takes them
     * @param stand in for the model of {@code model.path}
     */
    public record Task(List<String> arguments, int parallelism, StandIn stand) {
        public Task {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * What the process has used.
     *
     * @param allocated bytes of heap by who allocated them
     */
    public record Answer(long cpuNanos, Map<Usage.Kind, Long> allocated) {}

    JobWorker(Task task) throws Exception {
        JobConfig config = JobConfig.read(task.arguments(), Map.of());
        Configuration flink = new Configuration();
        // one that fails is to be seen, not to be hidden by another start
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(task.parallelism(), flink);
        ModelSource source = task.stand().side() == 0 ? new SavedModelSource() : task.stand();
        TaggingJob.assemble(environment, config, source);
        this.job = environment.executeAsync("flink-iresnet, measured");
    }

    /** What the process has used since the last order, see {@link Usage}. */
    @Override
    public Object answer(JsonNode order) throws InterruptedException, ExecutionException {
        JobStatus status = job.getJobStatus().get();
        if (status.isGloballyTerminalState()) {
            // tells why
            job.getJobExecutionResult().get();
        }
        return new Answer(usage.cpuNanos(), usage.allocated());
    }

    @Override
    public void close() {
        job.cancel().join();
    }
}

package dev.iresnet.local;

import dev.iresnet.config.ConfigException;
import dev.iresnet.config.JobConfig;
import dev.iresnet.job.ModelSource;
import dev.iresnet.job.TaggingJob;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The job that runs on a cluster, by the wiring that its own main uses. */
final class LocalJob {

    private LocalJob() {}

    /**
     * The job's configuration, all of it checked.
     *
     * @throws LocalException listing all mistakes
     */
    static JobConfig config(LocalOptions options, String bootstrapServers) {
        try {
            return JobConfig.read(
                    options.job().arguments(bootstrapServers, options.topics()), System.getenv());
        } catch (ConfigException e) {
            throw new LocalException(Reasons.sentence(e), e);
        }
    }

    /**
     * The job, ready to be submitted.
     *
     * @throws LocalException listing what Kafka says against it
     */
    static StreamGraph graph(JobConfig config, ModelSource model, int parallelism) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(parallelism);
        try {
            TaggingJob.assemble(environment, config, model);
        } catch (ConfigException e) {
            throw new LocalException(Reasons.sentence(e), e);
        }
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName("flink-iresnet " + config.input().groupId());
        return graph;
    }
}

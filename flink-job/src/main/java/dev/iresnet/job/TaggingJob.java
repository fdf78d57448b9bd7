package dev.iresnet.job;

import dev.iresnet.config.ConfigException;
import dev.iresnet.config.JobConfig;
import dev.iresnet.config.OptionsDocument;
import dev.iresnet.kafka.CheckpointTimes;
import dev.iresnet.kafka.PreflightChecks;
import dev.iresnet.kafka.RecordLimits;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way in: {@code flink run flink-job.jar --input.topics …}. */
public final class TaggingJob {
    private static final Logger LOG = LoggerFactory.getLogger(TaggingJob.class);

    private TaggingJob() {}

    /**
     * Reads the options, checks them with Kafka, and submits the job.
     *
     * @throws ConfigException if it cannot be submitted; the message lists all errors
     */
    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        if (given.contains("--help") || given.contains("-h")) {
            System.out.println(OptionsDocument.help());
            return;
        }
        JobConfig config = JobConfig.read(given, System.getenv());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        assemble(env, config);
        env.execute("flink-iresnet " + config.input().groupId());
    }

    /**
     * Checks the configuration with Kafka and adds the job to {@code env}: all that {@link #main}
     * does before it submits.
     *
     * @throws ConfigException if it cannot be submitted; the message lists all errors
     */
    public static void assemble(StreamExecutionEnvironment env, JobConfig config) {
        assemble(env, config, new SavedModelSource());
    }

    /**
     * The same with another model than {@code model.path} names, or with one around it.
     *
     * @throws ConfigException if it cannot be submitted; the message lists all errors
     */
    public static void assemble(
            StreamExecutionEnvironment env, JobConfig config, ModelSource source) {
        Installation.check();
        CheckpointTimes checkpoints = Checkpointing.apply(config.checkpoints(), env);
        RecordLimits limits = new PreflightChecks(config, checkpoints).run();
        LOG.info("Submitting flink-iresnet {} with {}", Installation.version(), config);
        TensorFlowEngineFactory factory =
                new TensorFlowEngineFactory(
                        config.engine(),
                        config.input().format(),
                        config.input().keyFormat(),
                        new EventSchemas(config.input().writerSchemas(), config.registry()),
                        source,
                        limits.mostBoxes());
        TaggingPipeline.build(env, config, factory, limits);
    }
}

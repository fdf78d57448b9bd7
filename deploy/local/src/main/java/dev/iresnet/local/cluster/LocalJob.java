package dev.iresnet.local.cluster;

import dev.iresnet.config.ConfigException;
import dev.iresnet.config.JobConfig;
import dev.iresnet.job.ModelSource;
import dev.iresnet.job.SavedModelSource;
import dev.iresnet.job.TaggingJob;
import dev.iresnet.local.options.LocalOptions;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Sample;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The job that runs on a cluster, by the wiring that its own main uses. */
public final class LocalJob {

    private LocalJob() {}

    /**
     * The job's configuration, all of it checked.
     *
     * @throws LocalException listing all errors
     */
    public static JobConfig config(LocalOptions options, String bootstrapServers) {
        try {
            return JobConfig.read(
                    options.job().arguments(bootstrapServers, options.topics()), System.getenv());
        } catch (ConfigException e) {
            throw new LocalException(LocalException.sentence(e), e);
        }
    }

    /**
     * The job, ready to be submitted.
     *
     * @throws LocalException listing what Kafka says against it
     */
    public static StreamGraph graph(JobConfig config, ModelSource model, int parallelism) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(parallelism);
        try {
            TaggingJob.assemble(environment, config, model);
        } catch (ConfigException e) {
            throw new LocalException(LocalException.sentence(e), e);
        }
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName("flink-iresnet " + config.input().groupId());
        return graph;
    }

    /**
     * The job's model with every size of a batch run once, not only the powers of two and the
     * largest: TensorFlow prepares each size when it first meets it, and a run of seconds would
     * have that in its latencies.
     */
    public record WarmedModelSource() implements ModelSource {

        @Override
        public Model load(Path path, LoadOptions options) {
            Model model = new SavedModelSource().load(path, options);
            try {
                Sample black = Sample.black(model.description());
                for (int batch = 1; batch < options.maxBatch(); batch++) {
                    if (Integer.bitCount(batch) > 1) {
                        model.predict(Collections.nCopies(batch, black));
                    }
                }
                return model;
            } catch (RuntimeException | Error e) {
                model.close();
                throw e;
            }
        }
    }
}

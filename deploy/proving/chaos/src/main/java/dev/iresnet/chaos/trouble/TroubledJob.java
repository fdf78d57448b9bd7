package dev.iresnet.chaos.trouble;

import dev.iresnet.config.JobConfig;
import dev.iresnet.job.ModelSource;
import dev.iresnet.job.TaggingJob;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the job's own main does, with another model: one whose device takes orders. */
public final class TroubledJob {

    private TroubledJob() {}

    /**
     * Submits it.
     *
     * @param arguments the directory of the orders, and the job's own arguments
     */
    public static void main(String[] arguments) throws Exception {
        submit(
                Arrays.asList(arguments).subList(1, arguments.length),
                new TroubledModel.Source(arguments[0]));
    }

    /**
     * Submits the job with that model.
     *
     * @param arguments the job's own
     */
    public static void submit(List<String> arguments, ModelSource model) throws Exception {
        JobConfig config = JobConfig.read(arguments, Map.of());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        TaggingJob.assemble(environment, config, model);
        environment.execute("flink-iresnet under chaos");
    }
}

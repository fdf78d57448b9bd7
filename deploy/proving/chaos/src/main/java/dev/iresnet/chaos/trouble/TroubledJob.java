package dev.iresnet.chaos.trouble;

import dev.iresnet.config.JobConfig;
import dev.iresnet.job.TaggingJob;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the job's own main does, with a model whose device takes orders. */
public final class TroubledJob {

    private TroubledJob() {}

    /**
     * Submits it.
     *
     * @param arguments the directory of the orders, and the job's own arguments
     */
    public static void main(String[] arguments) throws Exception {
        List<String> own = Arrays.asList(arguments).subList(1, arguments.length);
        JobConfig config = JobConfig.read(own, Map.of());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        TaggingJob.assemble(environment, config, new TroubledModel.Source(arguments[0]));
        environment.execute("flink-iresnet under chaos");
    }
}

package dev.iresnet.replay;

import dev.iresnet.config.ConfigException;
import dev.iresnet.config.ReplayConfig;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;

/** {@code iresnet-replay}: sends dead letters back to where they came from. */
public final class ReplayMain {
    private static final int FAILED = 2;

    private ReplayMain() {}

    /** Replays, and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /**
     * The same without ending the process.
     *
     * @param given arguments
     * @return the exit status
     */
    public static int run(
            List<String> given, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (given.contains("--help") || given.contains("-h")) {
            out.print(ReplayArguments.USAGE);
            return 0;
        }
        try {
            ReplayArguments arguments = ReplayArguments.read(given);
            ReplayConfig config = ReplayConfig.read(arguments.ofTheJob(), environment);
            ReplayCounters counters = Replay.run(config, arguments);
            out.print(counters.text(config.deadLetterTopic(), arguments.execute()));
            if (!arguments.execute() && counters.chosen() > 0) {
                out.println("Nothing was sent. Add --execute to send them.");
            }
            return 0;
        } catch (ConfigException e) {
            err.println("iresnet-replay: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println("iresnet-replay: interrupted; what was committed is sent");
        } catch (ExecutionException e) {
            err.println("iresnet-replay: Kafka says: " + e.getCause());
        } catch (IllegalStateException | KafkaException e) {
            err.println("iresnet-replay: " + e.getMessage());
        }
        return FAILED;
    }
}

package dev.iresnet.chaos.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.account.Conclusion;
import dev.iresnet.chaos.cluster.FlinkConfig;
import dev.iresnet.chaos.cluster.Software;
import dev.iresnet.chaos.cluster.Workplace;
import dev.iresnet.chaos.fault.StallBound;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The run as a command. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Breaks a running job in many ways, and accounts for each frame.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything held, and enough faults bit",
            "1:something did not hold; the report says what",
            "2:it could not run"
        })
public final class ChaosMain implements Callable<Integer> {

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of faults and feed (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--minutes",
            defaultValue = "10",
            description = "Of frames and faults (${DEFAULT-VALUE}).")
    private int minutes;

    @Option(names = "--faults", description = "That must have bitten; by default one a minute.")
    private @Nullable Integer faults;

    @Option(
            names = "--load",
            defaultValue = "0.6",
            description = "Share of the measured capacity that is fed (${DEFAULT-VALUE}).")
    private double load;

    @Option(
            names = "--guarantee",
            defaultValue = "exactly-once",
            description = "exactly-once, or at-least-once, which must fail (${DEFAULT-VALUE}).")
    private String guarantee = "";

    @Mixin private final Conclusion conclusion = new Conclusion();

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Conclusion.exit(new ChaosMain(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        ChaosOptions options =
                new ChaosOptions(
                        seed,
                        Duration.ofMinutes(minutes),
                        faults == null ? minutes : faults,
                        load,
                        guarantee);
        Workplace workplace = Workplace.create("chaos");
        Outcome outcome =
                new ChaosRun(options, Software.find(), workplace, System.err)
                        .run(FlinkConfig.Times.SHORT);
        ObjectNode report =
                ReportJson.of(
                        options,
                        outcome,
                        new Judgement(outcome, new StallBound(FlinkConfig.Times.SHORT)));
        return conclusion.draw(report, workplace);
    }
}

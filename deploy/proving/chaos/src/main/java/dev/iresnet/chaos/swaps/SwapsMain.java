package dev.iresnet.chaos.swaps;

import dev.iresnet.chaos.account.Conclusion;
import dev.iresnet.chaos.cluster.Software;
import dev.iresnet.chaos.cluster.Workplace;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The run as a command. */
@Command(
        name = "swaps",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Publishes versions of a model while frames flow, every third of them broken, and"
                        + " holds each result's scores against the version that it claims.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:each frame is answered once, by the version that its result names",
            "1:something did not hold; the report says what",
            "2:it could not run"
        })
public final class SwapsMain implements Callable<Integer> {

    @Option(
            names = "--times",
            defaultValue = "200",
            description = "That a version is published (${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--load",
            defaultValue = "0.3",
            description = "Share of the measured capacity that is fed (${DEFAULT-VALUE}).")
    private double load;

    @Option(
            names = "--steady",
            defaultValue = "60",
            description = "Seconds before the first version (${DEFAULT-VALUE}).")
    private int steady;

    @Option(
            names = "--calm",
            defaultValue = "2",
            description = "Seconds between two versions (${DEFAULT-VALUE}).")
    private int calm;

    @Mixin private final Conclusion conclusion = new Conclusion();

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Conclusion.exit(new SwapsMain(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        SwapsOptions options =
                new SwapsOptions(times, load, Duration.ofSeconds(steady), Duration.ofSeconds(calm));
        Workplace workplace = Workplace.create("swaps");
        SwapsOutcome outcome = new SwapsRun(options, Software.find(), workplace, System.err).run();
        return conclusion.draw(
                new SwapsJson(options, outcome).report(conclusion.command()), workplace);
    }
}

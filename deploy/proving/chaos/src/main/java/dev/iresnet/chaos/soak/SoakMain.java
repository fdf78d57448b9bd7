package dev.iresnet.chaos.soak;

import dev.iresnet.chaos.account.Conclusion;
import dev.iresnet.chaos.cluster.Software;
import dev.iresnet.chaos.cluster.Workplace;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The soak as a command. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Keeps a job under load, and says whether anything grows.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything is flat, and each frame is accounted for",
            "1:something is not; the report says what",
            "2:it could not run"
        })
public final class SoakMain implements Callable<Integer> {

    @Option(
            names = "--minutes",
            defaultValue = "20",
            description = "Of frames, a quarter of them warm-up (${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
            names = "--load",
            defaultValue = "0.8",
            description =
                    "Share of the measured capacity that is fed; above 1 the job sheds"
                            + " (${DEFAULT-VALUE}).")
    private double load;

    @Option(
            names = "--max-age-millis",
            defaultValue = "2000",
            description = "The job's freshness.max-age where it sheds (${DEFAULT-VALUE}).")
    private int maxAgeMillis;

    @Option(names = "--seed", defaultValue = "1", description = "Of the feed (${DEFAULT-VALUE}).")
    private long seed;

    @Mixin private final Conclusion conclusion = new Conclusion();

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Conclusion.exit(new SoakMain(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        SoakOptions options =
                new SoakOptions(
                        Duration.ofMinutes(minutes), load, Duration.ofMillis(maxAgeMillis), seed);
        Workplace workplace = Workplace.create("soak");
        SoakOutcome outcome = new SoakRun(options, Software.find(), workplace, System.err).run();
        return conclusion.draw(
                new SoakJson(options, outcome).report(conclusion.command()), workplace);
    }
}

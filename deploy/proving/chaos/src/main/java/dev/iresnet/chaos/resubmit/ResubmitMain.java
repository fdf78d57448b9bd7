package dev.iresnet.chaos.resubmit;

import dev.iresnet.chaos.account.Conclusion;
import dev.iresnet.chaos.cluster.Software;
import dev.iresnet.chaos.cluster.Workplace;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The run as a command. */
@Command(
        name = "resubmit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Cancels a job and submits it again, and says whether anything stays behind in the"
                        + " cluster's processes.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing stays behind, no TaskManager is lost, each frame is accounted for",
            "1:something did not hold; the report says what",
            "2:it could not run"
        })
public final class ResubmitMain implements Callable<Integer> {

    @Option(
            names = "--times",
            defaultValue = "20",
            description = "That the job is cancelled and submitted again (${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--warm-up",
            defaultValue = "5",
            description = "Of those, after which nothing may grow any more (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--frames",
            defaultValue = "300",
            description = "That are answered in between, at least (${DEFAULT-VALUE}).")
    private int frames;

    @Option(
            names = "--rate",
            defaultValue = "50",
            description = "Frames a second, all the while (${DEFAULT-VALUE}).")
    private double rate;

    @Mixin private final Conclusion conclusion = new Conclusion();

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Conclusion.exit(new ResubmitMain(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        ResubmitOptions options = new ResubmitOptions(times, warmUp, frames, rate);
        Workplace workplace = Workplace.create("resubmit");
        ResubmitOutcome outcome =
                new ResubmitRun(options, Software.find(), workplace, System.err).run();
        return conclusion.draw(
                new ResubmitJson(options, outcome).report(conclusion.command()), workplace);
    }
}

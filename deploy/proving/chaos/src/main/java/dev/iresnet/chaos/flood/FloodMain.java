package dev.iresnet.chaos.flood;

import dev.iresnet.chaos.account.Conclusion;
import dev.iresnet.chaos.cluster.Software;
import dev.iresnet.chaos.cluster.Workplace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The run as a command. */
@Command(
        name = "flood",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Lets one camera send a hundred times as much as each of sixteen others, and says"
                        + " what that does to the others.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the others are labelled within twice the time, and each frame is accounted for",
            "1:something did not hold; the report says what",
            "2:it could not run"
        })
public final class FloodMain implements Callable<Integer> {

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "Of each stretch (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--repetitions",
            defaultValue = "3",
            description =
                    "Of two stretches, alone and under the flood, on each of two devices"
                            + " (${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(
            names = "--device",
            defaultValue = "CPU,STEADY",
            split = ",",
            description = "CPU, or STEADY: 100 ms a batch (${DEFAULT-VALUE}).")
    private List<Device> devices = List.of();

    @Option(
            names = "--job-option",
            description = "Of the job, such as --input.max-in-flight=512; repeatable.")
    private List<String> jobOptions = List.of();

    @Mixin private final Conclusion conclusion = new Conclusion();

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Conclusion.exit(new FloodMain(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        FloodOptions options =
                new FloodOptions(Duration.ofSeconds(seconds), repetitions, devices, jobOptions);
        Workplace workplace = Workplace.create("flood");
        FloodOutcome outcome = new FloodRun(options, Software.find(), workplace, System.err).run();
        return conclusion.draw(FloodJson.report(conclusion.command(), options, outcome), workplace);
    }
}

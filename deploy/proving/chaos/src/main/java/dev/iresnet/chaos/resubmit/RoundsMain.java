package dev.iresnet.chaos.resubmit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.account.Conclusion;
import dev.iresnet.chaos.trend.Trend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds rounds on a cluster that somebody else has started against the rules of a run. */
@Command(
        name = "rounds",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Judges a job that was cancelled and submitted again on a cluster of yours as 'resubmit'"
                    + " judges its own. A line a round:",
            "{\"job\":ID,\"cancelledAt\":TIME,\"answered\":N,\"uncommitted\":N,"
                    + "\"processes\":{NAME:{\"residentMb\":N,...,\"liveHeapMb\":N}}}"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing stays behind, and each frame is accounted for",
            "1:something did not hold; the report says what",
            "2:it could not be judged"
        })
public final class RoundsMain implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--rounds", required = true, description = "The file of lines.")
    private Path rounds = Path.of("");

    @Option(
            names = "--verdict",
            required = true,
            description = "The verifier's, over all frames of the rounds.")
    private Path verdict = Path.of("");

    @Option(
            names = "--warm-up",
            defaultValue = "5",
            description = "Rounds, after which nothing may grow any more (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--rate", required = true, description = "Frames a second, all the while.")
    private double rate;

    /** Judges, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Conclusion.exit(new RoundsMain(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        List<Round> all = RoundLines.read(Files.readAllLines(rounds));
        JsonNode frames = JSON.readTree(verdict.toFile());
        ResubmitOptions options = new ResubmitOptions(all.size(), warmUp, 1, rate);
        ResubmitOutcome outcome =
                new ResubmitOutcome(
                        all.get(0).cancelledAt(),
                        all.get(all.size() - 1).cancelledAt(),
                        all,
                        frames,
                        List.of());
        ObjectNode report = new ResubmitJson(options, outcome).report("rounds " + rounds);
        System.out.println(report.toPrettyString());
        ResubmitJudgement judgement = new ResubmitJudgement(outcome, options);
        judgement.processes().forEach(process -> System.err.println(words(judgement, process)));
        return report.path("holds").asBoolean()
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private static String words(ResubmitJudgement judgement, String process) {
        StringJoiner words = new StringJoiner("; ", process + ": ", "");
        judgement
                .trends(process)
                .forEach((gauge, trend) -> words.add(words(gauge.member(), trend)));
        return words.add(words("liveHeapMb", judgement.liveHeap(process))).toString();
    }

    private static String words(String figure, Trend trend) {
        return "%s %.1f, %+.2f a round, %s"
                .formatted(
                        figure,
                        trend.level(),
                        trend.slope(),
                        trend.flatness().name().toLowerCase(Locale.ROOT));
    }
}

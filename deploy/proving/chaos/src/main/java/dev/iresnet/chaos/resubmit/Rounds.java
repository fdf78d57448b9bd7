package dev.iresnet.chaos.resubmit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.growth.Trend;
import dev.iresnet.proving.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds rounds on a cluster that was started by a script against the rules of a run. */
@Command(
        name = "rounds",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Judges a job that was cancelled and submitted again on a cluster of yours as"
                    + " 'resubmit' judges its own. A line a round:",
            "{\"job\":ID,\"cancelledAt\":TIME,\"answered\":N,\"uncommitted\":N,"
                    + "\"processes\":{NAME:{\"residentMb\":N,...,\"liveHeapMb\":N}}}"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing stays behind, and each frame is accounted for",
            "1:something did not hold; the report says what",
            "2:it could not be judged"
        })
public final class Rounds implements Callable<Integer> {

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
        Launcher.exit(new Rounds(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        List<Round> all = Round.read(Files.readAllLines(rounds));
        Resubmit.requireMeasured(all.size(), warmUp);
        JsonNode frames = new ObjectMapper().readTree(verdict.toFile());
        ResubmitReport report =
                new ResubmitReport(all.size(), warmUp, rate, all, frames, List.of());
        Round last = all.get(all.size() - 1);
        ObjectNode json =
                report.json("rounds " + rounds, all.get(0).cancelledAt(), last.cancelledAt());
        System.out.println(json.toPrettyString());
        report.trends().forEach((name, trends) -> System.err.println(name + ": " + words(trends)));
        return json.path("holds").asBoolean()
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private static String words(Map<String, Trend> trends) {
        return trends.entrySet().stream()
                .map(
                        one ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.1f, %+.2f a round, %s",
                                        one.getKey(),
                                        one.getValue().level(),
                                        one.getValue().slope(),
                                        one.getValue().verdict().name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining("; "));
    }
}

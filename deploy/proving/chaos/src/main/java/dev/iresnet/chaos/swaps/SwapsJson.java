package dev.iresnet.chaos.swaps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.account.Accounting;
import dev.iresnet.chaos.results.Latencies;
import dev.iresnet.chaos.trend.TrendJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report of a run. */
final class SwapsJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLIS = 1000;

    private final SwapsOptions options;
    private final SwapsOutcome outcome;

    SwapsJson(SwapsOptions options, SwapsOutcome outcome) {
        this.options = options;
        this.outcome = outcome;
    }

    ObjectNode report(String command) {
        ObjectNode json = JSON.createObjectNode();
        List<String> violations = SwapsJudgement.violations(options, outcome);
        json.put("holds", violations.isEmpty());
        violations.forEach(json.putArray("violations")::add);
        json.put("command", command);
        json.put("began", outcome.pace().began().toString());
        json.put("ended", outcome.pace().ended().toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("capacityPerSecond", TrendJson.rounded(outcome.pace().capacity()));
        json.put("load", options.load());
        json.put("ratePerSecond", TrendJson.rounded(outcome.pace().rate()));
        json.set("frames", Accounting.kept(outcome.verdict()));
        json.set("scores", scores());
        json.set("changes", changes());
        json.set("latencyToSendMillis", latencies());
        return json;
    }

    private ObjectNode scores() {
        SwapsOutcome.Findings findings = outcome.findings();
        ObjectNode json = JSON.createObjectNode();
        json.put("compared", findings.scores().compared());
        json.put("ofAnotherVersion", findings.scores().wrongs());
        json.put("furthestFromTheVersionClaimed", findings.scores().furthest());
        json.put("tolerance", ScoreAudit.TOLERANCE);
        json.put("leastDifferenceOfTwoVersions", findings.leastDifference());
        json.put("versionsThatLabelled", findings.scores().versions().size());
        json.put("batchesOfTwoVersions", findings.succession().mixedBatches());
        json.put("batchesAfterTheirVersion", findings.succession().late());
        json.put("mostOfThemForOneChange", findings.succession().mostLate());
        return json;
    }

    private ObjectNode changes() {
        ObjectNode json = JSON.createObjectNode();
        for (Change.Kind kind : Change.Kind.values()) {
            Latencies took = new Latencies();
            outcome.changes().stream()
                    .filter(change -> change.kind() == kind)
                    .forEach(change -> took.add(change.took()));
            ObjectNode row = json.putObject(kind.member());
            row.put("count", took.count());
            row.put("secondsP50", seconds(took, 0.5));
            row.put("secondsMost", seconds(took, 1));
        }
        return json;
    }

    private static @Nullable Double seconds(Latencies latencies, double share) {
        return TrendJson.rounded(latencies.quantileMillis(share) / MILLIS);
    }

    private ObjectNode latencies() {
        ObjectNode json = JSON.createObjectNode();
        ChangeLatencies latencies = outcome.findings().latencies();
        json.set("steady", row(latencies.steady()));
        for (Change.Kind kind : Change.Kind.values()) {
            json.set(kind.member(), row(latencies.during(kind)));
        }
        return json;
    }

    private static ObjectNode row(Latencies latencies) {
        ObjectNode json = JSON.createObjectNode();
        json.put("frames", latencies.count());
        json.put("p50", TrendJson.rounded(latencies.quantileMillis(0.5)));
        json.put("p99", TrendJson.rounded(latencies.quantileMillis(0.99)));
        json.put("most", TrendJson.rounded(latencies.quantileMillis(1)));
        return json;
    }
}

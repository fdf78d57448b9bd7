package dev.iresnet.chaos.resubmit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.account.Accounting;
import dev.iresnet.chaos.gauge.Gauge;
import dev.iresnet.chaos.gauge.Reading;
import dev.iresnet.chaos.trend.Rule;
import dev.iresnet.chaos.trend.TrendJson;
import java.util.List;
import java.util.Objects;

/** The report of a run. */
final class ResubmitJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ResubmitOptions options;
    private final ResubmitOutcome outcome;
    private final ResubmitJudgement judgement;

    ResubmitJson(ResubmitOptions options, ResubmitOutcome outcome) {
        this.options = options;
        this.outcome = outcome;
        this.judgement = new ResubmitJudgement(outcome, options);
    }

    ObjectNode report(String command) {
        ObjectNode json = JSON.createObjectNode();
        List<String> violations = judgement.violations();
        json.put("holds", violations.isEmpty());
        violations.forEach(json.putArray("violations")::add);
        json.put("command", command);
        json.put("began", outcome.began().toString());
        json.put("ended", outcome.ended().toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("ratePerSecond", options.ratePerSecond());
        json.put("taskManagersLost", outcome.surprises().size());
        json.put("rule", rule());
        json.set("frames", Accounting.kept(outcome.verdict()));
        ObjectNode processes = json.putObject("processes");
        judgement.processes().forEach(process -> processes.set(process, trends(process)));
        json.set("rounds", rounds());
        return json;
    }

    private String rule() {
        return ("The first %d rounds are warm-up. Over those after it: a figure grows if its"
                        + " least-squares line rises by more than the allowance and the slope's 95%%"
                        + " interval lies above 0; otherwise it is flat if the upper end of the"
                        + " interval means no more than %.0f allowances; otherwise it is unclear,"
                        + " which is not flat.")
                .formatted(options.warmUp(), Rule.HIDDEN);
    }

    private ObjectNode trends(String process) {
        ObjectNode json = JSON.createObjectNode();
        judgement
                .trends(process)
                .forEach(
                        (gauge, trend) ->
                                json.set(
                                        gauge.member(),
                                        TrendJson.of(
                                                trend,
                                                Objects.requireNonNull(
                                                        ResubmitJudgement.RULES.get(gauge)),
                                                gauge.unit() + "/round")));
        json.set(
                "liveHeapMb",
                TrendJson.of(judgement.liveHeap(process), ResubmitJudgement.LIVE_HEAP, "MB/round"));
        return json;
    }

    private ArrayNode rounds() {
        ArrayNode rounds = JSON.createArrayNode();
        for (Round round : outcome.rounds()) {
            ObjectNode json = rounds.addObject();
            json.put("job", round.jobId());
            json.put("cancelledAt", round.cancelledAt().toString());
            json.put("answered", round.answered());
            json.put("uncommitted", round.uncommitted());
            round.readings().forEach((process, reading) -> json.set(process, gauges(reading)));
            round.liveHeapMb()
                    .forEach(
                            (process, megabytes) ->
                                    json.withObject("/" + process).put("liveHeapMb", megabytes));
        }
        return rounds;
    }

    private static ObjectNode gauges(Reading reading) {
        ObjectNode json = JSON.createObjectNode();
        for (Gauge gauge : Gauge.values()) {
            reading.of(gauge)
                    .ifPresent(value -> json.put(gauge.member(), TrendJson.rounded(value)));
        }
        return json;
    }
}

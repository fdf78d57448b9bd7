package dev.iresnet.chaos.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.account.Accounting;
import dev.iresnet.chaos.gauge.Gauge;
import dev.iresnet.chaos.trend.Rule;
import dev.iresnet.chaos.trend.TrendJson;
import java.util.List;
import java.util.Objects;

/** The report of a soak. */
final class SoakJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLIS = 1000;
    private static final double P50 = 0.5;
    private static final double P99 = 0.99;

    private final SoakOptions options;
    private final SoakOutcome outcome;
    private final SoakJudgement judgement;

    SoakJson(SoakOptions options, SoakOutcome outcome) {
        this.options = options;
        this.outcome = outcome;
        this.judgement = new SoakJudgement(outcome);
    }

    ObjectNode report(String command) {
        ObjectNode json = JSON.createObjectNode();
        List<String> violations = judgement.violations();
        json.put("holds", violations.isEmpty());
        violations.forEach(json.putArray("violations")::add);
        json.put("command", command);
        Timetable timetable = outcome.timetable();
        json.put("began", timetable.began().toString());
        json.put("measuredFrom", timetable.start(timetable.warmUpRows()).toString());
        json.put("ended", timetable.end().toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("checkpointIntervalSeconds", SoakRun.TIMES.checkpointInterval().toSeconds());
        json.set("feed", feed());
        json.set("frames", Accounting.kept(outcome.verdict()));
        ObjectNode shed = json.putObject("shedByReason");
        outcome.shed().forEach(shed::put);
        json.put("rule", rule());
        json.set("freshFramesP99", latency());
        ObjectNode processes = json.putObject("processes");
        judgement.processes().forEach(process -> processes.set(process, trends(process)));
        json.set("rows", rows());
        return json;
    }

    private static String rule() {
        return ("The first quarter is warm-up. Over the means of the rows after it: a figure grows"
                        + " if its least-squares line rises by more than the allowance and the"
                        + " slope's 95%% interval lies above 0; otherwise it is flat if the upper"
                        + " end of the interval means no more than %.0f allowances; otherwise it is"
                        + " unclear, which is not flat. The heap in use after a full collection may"
                        + " grow by %d MB.")
                .formatted(Rule.HIDDEN, SoakRules.HEAP_MB);
    }

    private ObjectNode feed() {
        ObjectNode json = JSON.createObjectNode();
        json.put("capacityPerSecond", TrendJson.rounded(outcome.capacityPerSecond()));
        json.put("load", options.load());
        json.put("ratePerSecond", TrendJson.rounded(options.load() * outcome.capacityPerSecond()));
        options.freshness().forEach(json.putArray("jobOptions")::add);
        json.put("frames", outcome.feed().frames());
        json.put("seconds", outcome.feed().took().toMillis() / MILLIS);
        json.put("mostBehindSeconds", outcome.feed().mostBehind().toMillis() / MILLIS);
        return json;
    }

    private ObjectNode latency() {
        return TrendJson.of(judgement.latency(), SoakRules.LATENCY, "ms/min");
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
                                                        SoakRules.gauges().get(gauge)),
                                                gauge.unit() + "/min")));
        ObjectNode heap = json.putObject("liveHeapMb");
        heap.put("before", outcome.heaps().before().get(process));
        heap.put("after", outcome.heaps().after().get(process));
        return json;
    }

    private ArrayNode rows() {
        ArrayNode rows = JSON.createArrayNode();
        for (int i = 0; i < outcome.log().rows().size(); i++) {
            ObjectNode json = rows.addObject();
            Log.Row row = outcome.log().rows().get(i);
            json.put("from", outcome.timetable().start(i).toString());
            json.put("warmUp", i < outcome.timetable().warmUpRows());
            json.put("labeled", row.untilSent().count());
            json.put("shed", row.shed());
            json.put("p50Millis", TrendJson.rounded(row.untilSent().quantileMillis(P50)));
            json.put("p99Millis", TrendJson.rounded(row.untilSent().quantileMillis(P99)));
            json.put("seenP50Millis", TrendJson.rounded(row.untilSeen().quantileMillis(P50)));
            json.put("seenP99Millis", TrendJson.rounded(row.untilSeen().quantileMillis(P99)));
            judgement.processes().forEach(process -> json.set(process, gauges(row, process)));
        }
        return rows;
    }

    private static ObjectNode gauges(Log.Row row, String process) {
        ObjectNode json = JSON.createObjectNode();
        for (Gauge gauge : Gauge.values()) {
            row.mean(process, gauge)
                    .ifPresent(value -> json.put(gauge.member(), TrendJson.rounded(value)));
        }
        row.least(process, Gauge.HEAP)
                .ifPresent(value -> json.put("heapLeastMb", TrendJson.rounded(value)));
        return json;
    }
}

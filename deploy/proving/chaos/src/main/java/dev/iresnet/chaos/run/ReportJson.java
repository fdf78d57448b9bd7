package dev.iresnet.chaos.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.account.Accounting;
import dev.iresnet.chaos.cluster.FlinkJob;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The report of a run. */
final class ReportJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> MORE_OF_VERDICT =
            List.of("latencyMillis", "visibleLatencyMillis", "models");

    private ReportJson() {}

    static ObjectNode of(ChaosOptions options, Outcome outcome, Judgement judgement) {
        ObjectNode json = JSON.createObjectNode();
        List<String> violations = judgement.violations(options.faults());
        json.put("holds", violations.isEmpty());
        violations.forEach(json.putArray("violations")::add);
        json.put("seed", options.seed());
        json.put("minutes", options.length().toMinutes());
        json.put("guarantee", options.guarantee());
        json.put("began", outcome.began().toString());
        json.put("ended", outcome.ended().toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.setAll(Accounting.kept(outcome.verdict()));
        for (String member : MORE_OF_VERDICT) {
            json.set(member, outcome.verdict().path(member));
        }
        json.set("shed", json.remove("stale"));
        json.put("longestStallSeconds", Seconds.of(judgement.longestStall()));
        json.put("faultsThatBit", judgement.bit());
        json.set("feed", feed(options, outcome));
        outcome.blocked().forEach(json.putArray("hangingTransactions")::add);
        outcome.surprises().forEach(json.putArray("surprises")::add);
        json.set("faults", faults(outcome, judgement));
        return json;
    }

    private static ObjectNode feed(ChaosOptions options, Outcome outcome) {
        ObjectNode json = JSON.createObjectNode();
        json.put("capacityPerSecond", outcome.capacityPerSecond());
        json.put("load", options.load());
        json.put("ratePerSecond", options.load() * outcome.capacityPerSecond());
        json.put("frames", outcome.feed().frames());
        json.put("seconds", Seconds.of(outcome.feed().took()));
        json.put("mostBehindSeconds", Seconds.of(outcome.feed().mostBehind()));
        return json;
    }

    private static ArrayNode faults(Outcome outcome, Judgement judgement) {
        ArrayNode faults = JSON.createArrayNode();
        for (int i = 0; i < outcome.incidents().size(); i++) {
            ObjectNode json = incident(outcome.incidents().get(i));
            json.put(
                    "secondsIntoRun",
                    Seconds.of(Duration.between(outcome.began(), outcome.incidents().get(i).at())));
            json.put("stallSeconds", Seconds.of(judgement.stall(i)));
            json.put("stallBoundSeconds", Seconds.of(judgement.bound(i)));
            faults.add(json);
        }
        return faults;
    }

    private static ObjectNode incident(Incident incident) {
        ObjectNode json = JSON.createObjectNode();
        json.put("kind", incident.draw().kind().name().toLowerCase(Locale.ROOT));
        json.put("at", incident.at().toString());
        json.put("lengthSeconds", Seconds.of(incident.draw().length()));
        json.put("awaySeconds", Seconds.of(incident.proof().away()));
        json.put("target", incident.proof().target());
        json.put("bit", incident.counts());
        json.put("proof", incident.proof().text());
        json.put("framesInFlight", incident.before().inOperator());
        json.put("framesUncommitted", incident.before().uncommitted());
        json.set("restoredFrom", incident.restored().map(ReportJson::restored).orElse(null));
        json.put("recoveredAfterSeconds", incident.recovered().map(Seconds::of).orElse(null));
        return json;
    }

    private static JsonNode restored(FlinkJob.Restored restored) {
        return JSON.createObjectNode()
                .put("checkpoint", restored.checkpoint())
                .put("savepoint", restored.savepoint())
                .put("at", restored.at().toString())
                .put("path", restored.path());
    }
}

package dev.iresnet.chaos.flood;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.account.Accounting;
import dev.iresnet.chaos.trend.TrendJson;
import java.util.List;
import java.util.Locale;

/** The report of a run. */
final class FloodJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLIS = 1000;

    private FloodJson() {}

    static ObjectNode report(String command, FloodOptions options, FloodOutcome outcome) {
        ObjectNode json = JSON.createObjectNode();
        List<String> violations = outcome.violations();
        json.put("holds", violations.isEmpty());
        violations.forEach(json.putArray("violations")::add);
        json.put("command", command);
        json.put("began", outcome.measured().began().toString());
        json.put("ended", outcome.ended().toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("otherCameras", FloodOptions.OTHERS);
        json.put("floodTimes", FloodOptions.TIMES);
        json.put("othersLoad", FloodOptions.OTHERS_LOAD);
        json.put("maxAgeMillis", FloodOptions.MAX_AGE.toMillis());
        json.put("stretchSeconds", options.stretch().toSeconds());
        json.put("leadSeconds", FloodOptions.LEAD.toSeconds());
        options.jobOptions().forEach(json.putArray("jobOptions")::add);
        json.put("rule", rule());
        json.put("capacityPerSecond", TrendJson.rounded(outcome.measured().capacityPerSecond()));
        json.set("frames", Accounting.kept(outcome.verdict()));
        ObjectNode devices = json.putObject("devices");
        for (Comparison one : outcome.measured().comparisons()) {
            devices.set(
                    one.device().name().toLowerCase(Locale.ROOT),
                    comparison(one, outcome.measured().capacityPerSecond()));
        }
        return json;
    }

    private static String rule() {
        return ("The medians of p50 and p99 under the flood over those alone are at most %.0f, at"
                        + " most %.0f%% of the others are shed in any stretch, and frames of the"
                        + " flood are shed in each.")
                .formatted(Comparison.MOST, 100 * Comparison.MOST_SHED);
    }

    private static ObjectNode comparison(Comparison comparison, double measured) {
        ObjectNode json = JSON.createObjectNode();
        json.put("within", comparison.isWithin());
        json.put("batchMaxSize", comparison.device().batch());
        json.put("capacityPerSecond", TrendJson.rounded(comparison.device().capacity(measured)));
        json.put("ratePerSecond", TrendJson.rounded(comparison.ratePerSecond()));
        json.set("p50Ratio", ratio(comparison.p50()));
        json.set("p99Ratio", ratio(comparison.p99()));
        json.put("othersShedShareMost", TrendJson.rounded(comparison.othersShed()));
        ArrayNode alone = json.putArray("alone");
        comparison.alone().forEach(one -> alone.add(stretch(one)));
        ArrayNode flooded = json.putArray("flooded");
        comparison.flooded().forEach(one -> flooded.add(stretch(one)));
        return json;
    }

    private static ObjectNode ratio(Comparison.Ratio ratio) {
        ObjectNode json = JSON.createObjectNode();
        json.put("median", TrendJson.rounded(ratio.median()));
        json.put("least", TrendJson.rounded(ratio.least()));
        json.put("most", TrendJson.rounded(ratio.most()));
        return json;
    }

    private static ObjectNode stretch(Stretch stretch) {
        ObjectNode json = JSON.createObjectNode();
        json.put("began", stretch.began().toString());
        json.set("others", figures(stretch.others()));
        stretch.flood().ifPresent(flood -> json.set("flood", figures(flood)));
        ObjectNode shed = json.putObject("shedByReason");
        stretch.shedByReason().forEach(shed::put);
        json.put("feedMostBehindSeconds", stretch.feed().mostBehind().toMillis() / MILLIS);
        return json;
    }

    private static ObjectNode figures(Tally.Figures figures) {
        ObjectNode json = JSON.createObjectNode();
        json.put("labeled", figures.labeled());
        json.put("shed", figures.shed());
        json.put("p50Millis", TrendJson.rounded(figures.p50()));
        json.put("p99Millis", TrendJson.rounded(figures.p99()));
        return json;
    }
}

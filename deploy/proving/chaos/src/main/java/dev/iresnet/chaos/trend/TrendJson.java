package dev.iresnet.chaos.trend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Trends for a report. */
public final class TrendJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double DIGITS = 1e4;

    private TrendJson() {}

    /**
     * Writes one.
     *
     * @param unit of the slope, such as {@code MB/min}
     */
    public static ObjectNode of(Trend trend, Rule rule, String unit) {
        ObjectNode json = JSON.createObjectNode();
        json.put("verdict", trend.flatness().name().toLowerCase(Locale.ROOT));
        json.put("points", trend.points());
        json.put("level", rounded(trend.level()));
        json.put("slope", rounded(trend.slope()));
        json.put("slopeReach95", rounded(trend.reach()));
        json.put("slopeUnit", unit);
        json.put("growth", rounded(trend.growth()));
        json.put("allowance", rounded(trend.allowance()));
        json.put("allowanceBecause", rule.reason());
        return json;
    }

    /** To four places behind the point; null for what is no number. */
    public static @Nullable Double rounded(double value) {
        return Double.isFinite(value) ? Math.rint(value * DIGITS) / DIGITS : null;
    }
}

package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Sample;
import dev.iresnet.benchmark.stat.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run has found out so far. */
public final class Findings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Figure, Finding> ratios = new EnumMap<>(Figure.class);
    private final Map<String, Limit> limits = new TreeMap<>();
    private final List<String> impossible = new ArrayList<>();
    private final ObjectNode figures = JSON.createObjectNode();

    /** A figure with how it was measured; no rounds where it could not be measured. */
    public record Finding(List<Double> rounds, Verdict verdict, String reason, ObjectNode details) {
        public Finding {
            rounds = List.copyOf(rounds);
        }
    }

    /**
     * What the machine can do.
     *
     * @param best that was seen
     */
    public record Limit(Sample sample, String unit, double best) {}

    /** The settings and parts of a figure, to be filled in. */
    public static ObjectNode details() {
        return JSON.createObjectNode();
    }

    static ObjectNode toJson(Sample sample) {
        ObjectNode node = JSON.createObjectNode();
        node.put("median", sample.median());
        node.put("spread", sample.spread());
        sample.rounds().forEach(node.putArray("values")::add);
        return node;
    }

    /**
     * @param value a record
     */
    static ObjectNode toJson(Record value) {
        return JSON.valueToTree(value);
    }

    public void measured(Figure figure, Sample sample, ObjectNode details) {
        ratios.put(
                figure, new Finding(sample.rounds(), figure.target().judge(sample), "", details));
    }

    public void notMeasured(Figure figure, String reason) {
        ratios.put(figure, new Finding(List.of(), Verdict.NOT_MEASURED, reason, details()));
    }

    /**
     * Says of each figure of an experiment why there is none. A figure that was measured before the
     * experiment failed stays.
     *
     * @param verdict that there is no figure, and of which kind the reason is
     */
    public void without(Experiment experiment, Verdict verdict, String reason) {
        for (Figure figure : experiment.figures()) {
            ratios.putIfAbsent(figure, new Finding(List.of(), verdict, reason, details()));
        }
        if (experiment.figures().isEmpty() && !figures.has(experiment.name())) {
            figures.putObject(experiment.name())
                    .put("verdict", verdict.name())
                    .put("reason", reason);
        }
    }

    /** A figure beside the published ones, such as a curve. */
    void also(String name, Object value) {
        figures.set(name, JSON.valueToTree(value));
    }

    /** A limit was measured; measured before, the better one counts. */
    public void limit(String name, Sample sample, String unit) {
        double best = sample.rounds().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        Limit before = limits.get(name);
        if (before == null || before.best() < best) {
            limits.put(name, new Limit(sample, unit, best));
        }
    }

    /** Something ran at a rate that this limit bounds. Call it when the limit is known. */
    public void reached(String limit, String what, double rate) {
        Limit known = limits.get(limit);
        if (known == null) {
            throw new IllegalStateException("the limit " + limit + " was not measured");
        }
        if (rate > known.best()) {
            impossible.add(
                    String.format(
                            Locale.ROOT,
                            "%s reached %.4g %s, more than the %.4g that were measured as the"
                                    + " machine's limit (%s): something else kept it busy",
                            what,
                            rate,
                            known.unit(),
                            known.best(),
                            limit));
        }
    }

    public Map<Figure, Finding> ratios() {
        return ratios;
    }

    public Map<String, Limit> limits() {
        return limits;
    }

    /** Rates above a limit: then nothing of the run is to be believed. */
    public List<String> impossible() {
        return impossible;
    }

    public ObjectNode figures() {
        return figures;
    }
}

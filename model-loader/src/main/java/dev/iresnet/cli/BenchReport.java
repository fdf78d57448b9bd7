package dev.iresnet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.bench.Measurement;
import dev.iresnet.cli.inspection.ModelFacts;
import dev.iresnet.cli.option.Json;
import dev.iresnet.model.Precision;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measurements as they are printed.
 *
 * @param model that was measured
 * @param measurements in the order in which they were taken
 * @param refused why a precision does not run on this machine
 * @param latencyBoundMs for which a batch size is to be recommended
 */
record BenchReport(
        ModelFacts model,
        List<Measurement> measurements,
        Map<Precision, String> refused,
        Optional<Double> latencyBoundMs) {

    String toText() {
        StringBuilder text = new StringBuilder();
        text.append(model.headline()).append(System.lineSeparator());
        row(
                text,
                "%7s  %-9s  %5s  %9s  %9s  %9s  %8s  %5s",
                "THREADS",
                "PRECISION",
                "BATCH",
                unit().toUpperCase(Locale.ROOT),
                "MS",
                "P95 MS",
                "GFLOP/S",
                "SHARE");
        for (Measurement m : measurements) {
            row(
                    text,
                    "%7d  %-9s  %5d  %9.1f  %9.2f  %9.2f  %8.1f  %5.2f",
                    m.threads(),
                    m.precision(),
                    m.batch(),
                    m.imagesPerSecond(),
                    m.ms(),
                    m.p95Ms(),
                    m.gflops(),
                    m.shareOfPeak());
        }
        refused.keySet()
                .forEach(precision -> row(text, "%7s  %-9s  not on this CPU", "", precision));
        measurements.stream().map(BenchReport::peak).distinct().forEach(peak -> row(text, peak));
        refused.values().forEach(reason -> row(text, "%s", reason));
        latencyBoundMs.ifPresent(bound -> row(text, recommendation(bound)));
        return text.toString();
    }

    private String unit() {
        return model.directory().card().clip().isPresent() ? "clips/s" : "images/s";
    }

    private static void row(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format + "%n", values));
    }

    private static String peak(Measurement m) {
        return String.format(
                Locale.ROOT,
                "peak of %d thread%s, %s: %.1f GFLOP/s",
                m.threads(),
                m.threads() == 1 ? "" : "s",
                m.precision(),
                m.peakGflops());
    }

    private String recommendation(double bound) {
        return Measurement.best(measurements, bound)
                .map(
                        m ->
                                String.format(
                                        Locale.ROOT,
                                        "within %.1f ms: batch %d, %s, threads %d, %.1f %s",
                                        bound,
                                        m.batch(),
                                        m.precision(),
                                        m.threads(),
                                        m.imagesPerSecond(),
                                        unit()))
                .orElse(
                        String.format(
                                Locale.ROOT,
                                "within %.1f ms: none of these; take a smaller batch, more threads"
                                        + " or a smaller network",
                                bound));
    }

    /** An object a line. */
    String toJson() {
        Optional<Measurement> recommended =
                latencyBoundMs.flatMap(bound -> Measurement.best(measurements, bound));
        StringBuilder lines = new StringBuilder();
        for (Measurement m : measurements) {
            ObjectNode json = (ObjectNode) Json.tree(m);
            json.put("precision", m.precision().toString());
            Json.put(json, "gflops", m.gflops());
            Json.put(json, "shareOfPeak", m.shareOfPeak());
            if (latencyBoundMs.isPresent()) {
                json.put("recommended", recommended.filter(m::equals).isPresent());
            }
            lines.append(Json.line(json)).append(System.lineSeparator());
        }
        refused.forEach(
                (precision, reason) ->
                        lines.append(
                                        Json.line(
                                                Json.object()
                                                        .put("precision", precision.toString())
                                                        .put("refused", reason)))
                                .append(System.lineSeparator()));
        return lines.toString();
    }
}

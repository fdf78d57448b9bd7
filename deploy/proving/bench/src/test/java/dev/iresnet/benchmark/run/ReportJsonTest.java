package dev.iresnet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.experiment.Conditions;
import dev.iresnet.benchmark.experiment.Findings;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Sample;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final Figure FIGURE = Figure.JOB_VS_STAGE_LIMIT;

    private final Findings findings = new Findings();

    private ObjectNode report(Conditions conditions) {
        Machine machine = new Machine("a processor", 2, 1024, "17", 0.1);
        return new ReportJson("bench", machine, conditions, TIME).report(findings, TIME);
    }

    private ObjectNode report() {
        return report(Conditions.FULL);
    }

    private void measured(double... rounds) {
        findings.measured(
                FIGURE, new Sample(Arrays.stream(rounds).boxed().toList()), Findings.details());
    }

    @Test
    void hasEachFigureByItsNameMeasuredOrNot() {
        assertThat(report().path("ratios").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(Figure.titles());
        assertThat(report().path("ratios").path("jobVsStageLimit").path("verdict").asText())
                .isEqualTo("NOT_MEASURED");
    }

    @Test
    void tellsMedianSpreadRoundsTargetAndVerdict() {
        measured(0.95, 0.96, 0.94);

        var ratio = report().path("ratios").path("jobVsStageLimit");
        assertThat(ratio.path("median").asDouble()).isEqualTo(0.95);
        assertThat(ratio.path("spread").asDouble()).isCloseTo(0.01, within(1e-9));
        assertThat(ratio.path("rounds").asInt()).isEqualTo(3);
        assertThat(ratio.path("target").path("atLeast").asDouble()).isEqualTo(0.9);
        assertThat(ratio.path("verdict").asText()).isEqualTo("PASS");
    }

    @Test
    void tellsWhyAFigureWasNotMeasured() {
        findings.notMeasured(FIGURE, "no power");

        assertThat(report().path("ratios").path("jobVsStageLimit").path("reason").asText())
                .isEqualTo("no power");
    }

    @Test
    void holdsUnlessAFigureMissesItsTarget() {
        measured(0.95);
        assertThat(report().path("holds").asBoolean()).isTrue();

        measured(0.5);
        assertThat(report().path("holds").asBoolean()).isFalse();
    }

    @Test
    void doesNotHoldWhereALimitWasSurpassed() {
        findings.limit("peak", new Sample(List.of(90.0, 100.0)), "frames/s");
        findings.reached("peak", "the job", 100);
        assertThat(report().path("holds").asBoolean()).isTrue();

        findings.reached("peak", "the job", 101);

        assertThat(report().path("holds").asBoolean()).isFalse();
        assertThat(report().path("impossible").get(0).asText())
                .contains("the job", "101", "100", "peak");
    }

    @Test
    void saysWhereFiguresAreForALookOnly() {
        assertThat(report(Conditions.QUICK).path("quick").asBoolean()).isTrue();
        assertThat(report(Conditions.QUICK).path("note").asText()).contains("3 rounds");
        assertThat(report().path("quick").asBoolean()).isFalse();
        assertThat(report().has("note")).isFalse();
    }
}

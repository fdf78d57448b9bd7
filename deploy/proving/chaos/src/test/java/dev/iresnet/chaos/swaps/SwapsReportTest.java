package dev.iresnet.chaos.swaps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.harness.Verdicts;
import dev.iresnet.chaos.swaps.KnownVersions.KnownVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SwapsReportTest {

    private static final KnownVersion ONE =
            new KnownVersion("digest-1", Path.of("1"), 1, new float[] {0.5f});

    private final Change swap =
            new Change(Change.Kind.SWAP, 2, Results.second(10), Results.second(12));

    private SwapsReport report(double leastDifference, Labelled... results) {
        ScoreAudit scores =
                new ScoreAudit(
                        new KnownVersions(List.of(ONE), List.of("cat/0.jpg")),
                        Map.of(1L, "digest-1"),
                        Map.of("event-1.0", "cat/0.jpg"));
        Succession succession = new Succession(1, List.of(swap));
        List.of(results).forEach(scores::see);
        List.of(results).forEach(succession::see);
        succession.judge();
        return new SwapsReport(
                1, List.of(swap), scores, succession, leastDifference, Verdicts.good(), List.of());
    }

    @Test
    void aRunInWhichAllScoresAreThoseClaimedHolds() {
        assertThat(report(0.01, Results.at(1, 1)).violations()).isEmpty();
    }

    @Test
    void eachRuleIsFoundBroken() {
        assertThat(report(0.01).violations())
                .containsExactly(
                        "no result was compared", "only 0 versions of 1 labelled anything");
        assertThat(report(1e-4, Results.at(1, 1)).violations())
                .containsExactly("two versions differ by no more than 1.0E-4");
        assertThat(report(0.01, Results.at(1, 1), Results.at(20, 1)).violations())
                .singleElement()
                .asString()
                .contains("1 results are not of the version that they claim");
    }

    @Test
    void aReportHasItsFiguresByName() {
        Labelled result = Results.at(1, 1);
        ObjectNode json =
                report(0.01, result)
                        .report("swaps", Results.START, Results.START, List.of(result))
                        .json();

        assertThat(json.path("scores").fieldNames())
                .toIterable()
                .containsExactly(
                        "compared",
                        "ofAnotherVersion",
                        "furthestFromTheVersionClaimed",
                        "tolerance",
                        "leastDifferenceOfTwoVersions",
                        "versionsThatLabelled",
                        "batchesOfTwoVersions",
                        "batchesAfterTheirVersion",
                        "mostOfThemForOneChange");
        assertThat(json.path("changes").path("swap").path("count").asInt()).isEqualTo(1);
        assertThat(json.path("changes").path("refusal"))
                .hasToString("{\"count\":0,\"secondsP50\":null,\"secondsMost\":null}");
        assertThat(json.path("latencyToSendMillis").fieldNames())
                .toIterable()
                .containsExactly("steady", "swap", "refusal", "rollback", "release");
        assertThat(json.path("latencyToSendMillis").path("steady").path("frames").asInt())
                .isEqualTo(1);
    }
}

package dev.iresnet.chaos.swaps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.harness.Verdicts;
import dev.iresnet.chaos.swaps.KnownVersions.KnownVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SwapsReportTest {

    private static final String PICTURE = "cat/0.jpg";
    private static final KnownVersions KNOWN =
            new KnownVersions(
                    List.of(
                            new KnownVersion("digest-1", Path.of("1"), 1, new float[] {0.5f}),
                            new KnownVersion("digest-2", Path.of("2"), 1, new float[] {0.5f})),
                    List.of(PICTURE));

    private final Change swap =
            new Change(Change.Kind.SWAP, 2, Results.second(10), Results.second(12));

    private final ObjectNode verdict = Verdicts.good();
    private final List<String> failures = new ArrayList<>();
    private double leastDifference = 0.01;
    private int soundVersions = 1;

    @Test
    void aRunInWhichAllScoresAreThoseClaimedHolds() {
        assertThat(violations(Results.at(1, 1))).isEmpty();
    }

    @Test
    void aDoubledFrameIsAViolation() {
        verdict.put("duplicated", 1);

        assertThat(violations(Results.at(1, 1))).containsExactly("duplicated: 1");
    }

    @Test
    void aRunWithoutResultsComparesNothing() {
        soundVersions = 0;

        assertThat(violations()).containsExactly("no result was compared");
    }

    @Test
    void aScoreThatIsNotOfTheVersionClaimedIsAViolation() {
        assertThat(violations(Results.at(1, 1), Results.at(2, 3)))
                .singleElement()
                .asString()
                .contains("1 results are not of the version that they claim");
    }

    @Test
    void aVersionThatLabelledNothingIsAViolation() {
        soundVersions = 2;

        assertThat(violations(Results.at(1, 1)))
                .containsExactly("only 1 versions of 2 labelled anything");
    }

    @Test
    void versionsThatCannotBeToldApartAreAViolation() {
        leastDifference = 1e-4;

        assertThat(violations(Results.at(1, 1)))
                .containsExactly("two versions differ by no more than 1.0E-4");
    }

    @Test
    void aBatchOfTwoVersionsIsAViolation() {
        assertThat(violations(Results.at(11, 1), Results.at(11, 2)))
                .containsExactly("1 batches are of two versions");
    }

    @Test
    void oneBatchOfTheVersionBeforeMayStillBeUnderWay() {
        assertThat(violations(Results.at(11, 2), Results.at(11.2, 1))).isEmpty();
    }

    @Test
    void twoBatchesOfTheVersionBeforeAreAViolation() {
        assertThat(violations(Results.at(11, 2), Results.at(11.2, 1), Results.at(11.3, 1)))
                .containsExactly("after a change 2 batches were still of another version");
    }

    @Test
    void aFailureOfItsOwnIsAViolation() {
        failures.add("TaskManager 1 ended");

        assertThat(violations(Results.at(1, 1))).containsExactly("unexpected: TaskManager 1 ended");
    }

    @Test
    void aReportHasItsFiguresByName() {
        Labelled result = Results.at(1, 1);
        ObjectNode json =
                report(result)
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

    private List<String> violations(Labelled... results) {
        return report(results).violations();
    }

    private SwapsReport report(Labelled... results) {
        ScoreAudit scores =
                new ScoreAudit(
                        KNOWN,
                        Map.of(1L, "digest-1", 2L, "digest-2"),
                        Stream.of(results)
                                .map(Labelled::eventId)
                                .distinct()
                                .collect(Collectors.toMap(id -> id, id -> PICTURE)));
        Succession succession = new Succession(1, List.of(swap));
        Stream.of(results).forEach(scores::see);
        Stream.of(results).forEach(succession::see);
        succession.judge();
        return new SwapsReport(
                soundVersions,
                List.of(swap),
                scores,
                succession,
                leastDifference,
                verdict,
                failures);
    }
}

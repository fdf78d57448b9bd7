package dev.iresnet.chaos.swaps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.chaos.swaps.KnownVersions.KnownVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreAuditTest {
    private static final KnownVersion ONE =
            new KnownVersion("digest-1", Path.of("1"), 2, new float[] {0.5f, 0.5f, 0.2f, 0.8f});
    private static final KnownVersion TWO =
            new KnownVersion("digest-2", Path.of("2"), 2, new float[] {0.6f, 0.4f, 0.21f, 0.79f});

    private final KnownVersions known =
            new KnownVersions(List.of(ONE, TWO), List.of("cat/0.jpg", "dog/0.jpg"));

    private final ScoreAudit audit =
            new ScoreAudit(
                    known,
                    Map.of(1L, "digest-1", 2L, "digest-2"),
                    Map.of("event-1.0", "cat/0.jpg"));

    @Test
    void scoresOfTheVersionThatIsClaimedAreRight() {
        audit.see(Results.at(1, 1));

        assertThat(audit.wrongs()).isZero();
        assertThat(audit.versions()).containsExactly(1L);
    }

    @Test
    void scoresOfAnotherVersionAreWrong() {
        audit.see(Results.at(1, 2));

        assertThat(audit.wrongs()).isEqualTo(1);
        assertThat(audit.furthest()).isGreaterThan(0.09);
        assertThat(audit.examples()).singleElement().asString().contains("event-1.0");
    }

    @Test
    void whatNobodyKnowsIsWrong() {
        audit.see(Results.at(1, 3));
        audit.see(Results.at(2, 1));

        assertThat(audit.compared()).isEqualTo(2);
        assertThat(audit.wrongs()).isEqualTo(2);
    }

    @Test
    void theLeastDifferenceIsThatOfThePictureThatTellsVersionsApartWorst() {
        assertThat(known.leastDifference())
                .isCloseTo(0.01, org.assertj.core.data.Offset.offset(1e-6));
    }
}

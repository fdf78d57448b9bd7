package dev.iresnet.chaos.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.chaos.results.SeenResult;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TalliesTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private final Tallies tallies = new Tallies();

    @Test
    void resultsCountForTheStretchOfTheirCamera() {
        Tally others = tallies.begin("STEADY1beside", FROM);
        Tally flood = tallies.begin("STEADY1flood", FROM);

        tallies.add(result("STEADY1beside-camera-3", true, FROM));
        tallies.add(result("STEADY1flood-camera-1", false, FROM));
        tallies.add(result("warm-camera-1", true, FROM));
        tallies.add(result("nobody", true, FROM));

        assertThat(others.figures()).isEqualTo(new Tally.Figures(1, 0, 50, 50));
        assertThat(flood.figures().shed()).isEqualTo(1);
        assertThat(flood.figures().labeled()).isZero();
    }

    @Test
    void framesOfTheLeadDoNotCount() {
        Tally tally = tallies.begin("CPU1alone", FROM);

        tallies.add(result("CPU1alone-camera-1", true, FROM.minusMillis(1)));

        assertThat(tally.figures().labeled()).isZero();
    }

    private static SeenResult result(String camera, boolean fresh, Instant captured) {
        return new SeenResult(
                camera, fresh, captured, captured.plusMillis(50), captured.plusSeconds(1));
    }
}

package dev.iresnet.chaos.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final int KINDS = FaultKind.values().length;

    @Test
    void theSameSeedDrawsTheSameFaults() {
        assertThat(draws(7, 50)).isEqualTo(draws(7, 50));
        assertThat(draws(7, 50)).isNotEqualTo(draws(8, 50));
    }

    @Test
    void eachRoundHasEachKindOnce() {
        List<Draw> draws = draws(3, 3 * KINDS);

        for (int round = 0; round < 3; round++) {
            assertThat(draws.subList(round * KINDS, (round + 1) * KINDS))
                    .extracting(Draw::kind)
                    .containsExactlyInAnyOrder(FaultKind.values());
        }
    }

    @Test
    void roundsHaveOrdersOfTheirOwn() {
        List<FaultKind> kinds = draws(1, 2 * KINDS).stream().map(Draw::kind).toList();

        assertThat(kinds.subList(0, KINDS)).isNotEqualTo(kinds.subList(KINDS, 2 * KINDS));
    }

    @Test
    void lengthsAreThoseOfTheirKind() {
        assertThat(draws(5, 500))
                .allSatisfy(
                        draw ->
                                assertThat(draw.length())
                                        .isBetween(draw.kind().shortest(), draw.kind().longest()));
    }

    /** Else the zombie that comes back, or the loss that is not one, would never be tried. */
    @Test
    void someTaskManagersAreStoppedForLongerThanAHeartbeatAndSomeForLess() {
        List<Long> seconds =
                draws(1, 500).stream()
                        .filter(draw -> draw.kind() == FaultKind.STOP_TASK_MANAGER)
                        .map(draw -> draw.length().toSeconds())
                        .toList();

        assertThat(seconds).anyMatch(s -> s >= 6).anyMatch(s -> s < 4);
    }

    private static List<Draw> draws(long seed, int count) {
        return Stream.generate(new Schedule(seed)::next).limit(count).toList();
    }
}

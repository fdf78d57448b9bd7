package dev.iresnet.chaos.resubmit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.chaos.growth.Gauge;
import dev.iresnet.chaos.growth.Reading;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {
    private static final String LINE =
            """
            {"job":"a1","cancelledAt":"2026-01-01T00:00:00Z","answered":310,"uncommitted":7,\
            "processes":{"taskmanager-1":{"residentMb":1000.5,"threads":60,"liveHeapMb":41}}}\
            """;

    @Test
    void aLineIsARound() throws IOException {
        Round round = Round.read(List.of(LINE)).get(0);

        assertThat(round.job()).isEqualTo("a1");
        assertThat(round.answered()).isEqualTo(310);
        assertThat(round.uncommitted()).isEqualTo(7);
        assertThat(reading(round).of(Gauge.LIVE_HEAP)).hasValue(41);
        assertThat(reading(round).of(Gauge.RESIDENT)).hasValue(1000.5);
        assertThat(reading(round).of(Gauge.THREADS)).hasValue(60);
    }

    @Test
    void whatWasNotLookedAtIsNotThere() throws IOException {
        Round round = Round.read(List.of(LINE)).get(0);

        assertThat(reading(round).of(Gauge.METASPACE)).isEmpty();
    }

    @Test
    void aLineThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Round.read(List.of("{"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Round.read(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Reading reading(Round round) {
        return requireNonNull(round.processes().get("taskmanager-1"));
    }
}

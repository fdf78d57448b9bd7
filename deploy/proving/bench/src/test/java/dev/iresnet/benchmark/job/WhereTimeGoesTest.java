package dev.iresnet.benchmark.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.benchmark.job.Standing.Timed;
import dev.iresnet.schemas.avro.TimeSpent;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhereTimeGoesTest {

    private static Timed frame(long toSend, long queue, long inference, int batch) {
        return new Timed(
                7_000_000,
                7_000_000 + toSend,
                9_000_000,
                new TimeSpent(queue, 2000L, 1000L, inference, batch));
    }

    private final List<Timed> frames =
            List.of(
                    frame(20_000, 1000, 10_000, 1),
                    frame(60_000, 7000, 40_000, 3),
                    frame(40_000, 3000, 30_000, 2));

    @Test
    void isTheMeanOfAllFrames() {
        WhereTimeGoes all = WhereTimeGoes.of(frames.subList(0, 2));

        assertThat(all).isEqualTo(new WhereTimeGoes(8, 4, 2, 1, 25, 2));
    }

    @Test
    void looksAtTheSlowestAlone() {
        assertThat(WhereTimeGoes.ofSlowest(frames, 0.01))
                .isEqualTo(new WhereTimeGoes(10, 7, 2, 1, 40, 3));
        assertThat(WhereTimeGoes.ofSlowest(frames, 0.67).batchSize()).isEqualTo(2.5);
    }

    @Test
    void aSingleIsServedByADecoderAndTheDevice() {
        assertThat(WhereTimeGoes.servicesOfSingles(frames)).containsExactly(12_000);
    }
}

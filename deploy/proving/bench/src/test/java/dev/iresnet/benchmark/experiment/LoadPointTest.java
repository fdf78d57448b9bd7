package dev.iresnet.benchmark.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.benchmark.job.Standing;
import dev.iresnet.schemas.avro.TimeSpent;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadPointTest {

    private static Standing.Timed timed(long captured, long sent, long seen) {
        return new Standing.Timed(captured, sent, seen, new TimeSpent(0L, 0L, 0L, 0L, 1));
    }

    @Test
    void runFromTheMomentWhenAFrameWasDue() {
        List<Standing.Timed> frames =
                LongStream.rangeClosed(1, 100)
                        .mapToObj(i -> timed(i, i + 1000 * i, i + 2000 * i))
                        .toList();

        LoadPoint.Quantiles sent = LoadPoint.Quantiles.of(Standing.Timed.untilSent(frames));
        LoadPoint.Quantiles seen = LoadPoint.Quantiles.of(Standing.Timed.untilSeen(frames));

        assertThat(sent.p50()).isCloseTo(50, within(0.1));
        assertThat(sent.p99()).isCloseTo(99, within(0.1));
        assertThat(seen.p99()).isCloseTo(198, within(0.2));
        assertThat(seen.max()).isCloseTo(200, within(0.2));
    }

    /** A result's time has whole milliseconds. */
    @Test
    void areNeverNegative() {
        assertThat(Standing.Timed.untilSent(List.of(timed(1500, 1000, 1600))).millis(1)).isZero();
    }
}

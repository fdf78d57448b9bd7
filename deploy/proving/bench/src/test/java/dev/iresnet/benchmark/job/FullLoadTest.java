package dev.iresnet.benchmark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FullLoadTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MICROS_PER_MILLI = 1000;

    private final List<LabeledResult> results = new ArrayList<>();

    /** Two batches at a time, which begin and end together, decoded two batches ahead. */
    private void pairs(int pairs, int batch, long millis) {
        for (int pair = 0; pair < pairs; pair++) {
            for (int frame = 0; frame < 2 * batch; frame++) {
                long begin = pair * millis;
                frame(Math.max(0, begin - millis), begin, begin + millis, batch);
            }
        }
    }

    private void frame(long decodedMillis, long beginMillis, long endMillis, int batch) {
        long wait = beginMillis - decodedMillis;
        TimeSpent spent =
                new TimeSpent(
                        0L,
                        0L,
                        wait * MICROS_PER_MILLI,
                        (endMillis - beginMillis) * MICROS_PER_MILLI,
                        batch);
        results.add(
                new LabeledResult(
                        "e",
                        "c",
                        0L,
                        BEGIN,
                        BEGIN.plusMillis(endMillis),
                        new ModelReference("m", 1L, "d"),
                        ResultStatus.LABELED,
                        List.of(),
                        spent,
                        new SourcePosition("t", 0, 0L),
                        0,
                        0,
                        List.of(),
                        null,
                        null));
    }

    @Test
    void noBatchOfAPairIsWonOrLost() {
        pairs(5, 8, 1000);
        Collections.shuffle(results, new Random(1));

        assertThat(FullLoad.framesPerSecond(results, 32)).isCloseTo(16, within(1e-9));
    }

    /** What is decoded before the job is full, and the last batches, would be too fast a rate. */
    @Test
    void measuresOnlyWhileTheJobIsFull() {
        frame(0, 0, 100, 1);
        frame(50, 100, 200, 1);
        frame(1000, 1000, 3000, 1);
        frame(3000, 3000, 4000, 1);
        frame(3000, 4000, 4001, 1);

        assertThat(FullLoad.framesPerSecond(results, 3)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void tellsNoRateOfAJobThatNeverWasFull() {
        pairs(2, 8, 1000);

        assertThatThrownBy(() -> FullLoad.framesPerSecond(results, 32))
                .hasMessage("32 frames, of which 32 fill the job, tell no rate");
    }
}

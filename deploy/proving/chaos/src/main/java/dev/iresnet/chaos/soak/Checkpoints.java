package dev.iresnet.chaos.soak;

import dev.iresnet.chaos.growth.Gauge;
import dev.iresnet.chaos.growth.Reading;
import dev.iresnet.chaos.harness.FlinkJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The checkpoints of a job, each once: Flink tells the newest ones each time. */
final class Checkpoints {
    private static final double BYTES_PER_MB = 1 << 20;
    private static final double MILLIS_PER_SECOND = 1000;

    private long last;

    /** Those that have not been there before, each at its beginning. */
    List<Reading> news(List<FlinkJob.Checkpoint> newest) {
        List<Reading> news = new ArrayList<>();
        for (FlinkJob.Checkpoint one : newest) {
            if (one.id() > last) {
                last = one.id();
                news.add(
                        new Reading(
                                one.at(),
                                Map.of(
                                        Gauge.STATE,
                                        one.bytes() / BYTES_PER_MB,
                                        Gauge.CHECKPOINT,
                                        one.took().toMillis() / MILLIS_PER_SECOND)));
            }
        }
        return news;
    }
}

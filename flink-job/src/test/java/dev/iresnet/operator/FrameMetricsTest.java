package dev.iresnet.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.FailureCode;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class FrameMetricsTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_250);

    private final Map<String, Metric> registered = new HashMap<>();
    private int pending;
    private final FrameMetrics metrics =
            new FrameMetrics(
                    new RecordingGroup("", registered), () -> pending, () -> 1_000L * pending);

    @Test
    void labelledOverBatchesIsTheMeanBatch() {
        for (int i = 0; i < 24; i++) {
            labelled(Frames.labeled(Frames.frame(i)), i % 8 == 0);
        }
        assertThat(count("iresnet.framesIn")).isEqualTo(24);
        assertThat(count("iresnet.labelled") / count("iresnet.batches")).isEqualTo(8);
        assertThat(histogram("iresnet.batchSize").getCount()).isEqualTo(3);
    }

    @Test
    void saysWhereTheTimeWent() {
        labelled(Frames.labeled(Frames.frame(0)), true);
        assertThat(mean("iresnet.queueMicros")).isEqualTo(1);
        assertThat(mean("iresnet.decodeMicros")).isEqualTo(2);
        assertThat(mean("iresnet.batchWaitMicros")).isEqualTo(3);
        assertThat(mean("iresnet.inferenceMicros")).isEqualTo(4);
        assertThat(mean("iresnet.frameAgeMillis")).isEqualTo(250);
    }

    @Test
    void fetchingIsToldOfThosePicturesOnlyThatWereFetched() {
        labelled(Frames.labeled(Frames.frame(0)), true);
        labelled(
                Frames.result(
                        Frames.frame(0),
                        FrameResult.Status.LABELLED,
                        new Timings(1_000, 7_000, 2_000, 3_000, 4_000, 8)),
                false);
        assertThat(count("iresnet.labelled")).isEqualTo(2);
        assertThat(count("iresnet.fetched")).isEqualTo(1);
        assertThat(mean("iresnet.fetchMicros")).isEqualTo(7);
    }

    @Test
    void countsDeadLettersByCode() {
        for (FailureCode code :
                List.of(
                        FailureCode.IMAGE_CORRUPT,
                        FailureCode.EMPTY_VALUE,
                        FailureCode.EMPTY_VALUE)) {
            metrics.ofFrame(left -> {})
                    .emitted(new FrameFailure(Frames.frame(0), code, "made up"), NOW);
        }
        assertThat(count("iresnet.deadLettered")).isEqualTo(3);
        assertThat(count("iresnet.code.EMPTY_VALUE.deadLettered")).isEqualTo(2);
        assertThat(count("iresnet.code.EVENT_CORRUPT.deadLettered")).isZero();
    }

    @Test
    void countsWhatIsShedByReasonAndNotAsLabelled() {
        shed(ShedReason.AGE, Frames.labeled(Frames.frame(0)));
        shed(ShedReason.SHARE, Frames.failed(Frames.frame(1)));
        assertThat(count("iresnet.shed")).isEqualTo(2);
        assertThat(count("iresnet.reason.AGE.shed")).isEqualTo(1);
        assertThat(count("iresnet.reason.SHARE.shed")).isEqualTo(1);
        assertThat(count("iresnet.labelled")).isZero();
        assertThat(count("iresnet.deadLettered")).isEqualTo(1);
    }

    private void labelled(FrameResult result, boolean firstOfBatch) {
        FrameListener frame = metrics.ofFrame(left -> {});
        frame.received(0);
        frame.inferred(0, 8, firstOfBatch);
        frame.emitted(result, NOW);
    }

    private void shed(ShedReason reason, FrameOutcome answer) {
        FrameListener frame = metrics.ofFrame(left -> {});
        frame.shed(reason);
        frame.emitted(answer, NOW);
    }

    @Test
    void showsWhatIsInFlight() {
        pending = 17;
        assertThat(((Gauge<?>) metric("iresnet.pending")).getValue()).isEqualTo(17);
    }

    private Metric metric(String name) {
        return requireNonNull(registered.get(name), name);
    }

    private long count(String name) {
        return ((Counter) metric(name)).getCount();
    }

    private Histogram histogram(String name) {
        return (Histogram) metric(name);
    }

    private double mean(String name) {
        return histogram(name).getStatistics().getMean();
    }

    /** Keeps what is registered, by its name in the tree. */
    private static final class RecordingGroup extends UnregisteredMetricsGroup {
        private final String prefix;
        private final Map<String, Metric> registered;

        RecordingGroup(String prefix, Map<String, Metric> registered) {
            this.prefix = prefix;
            this.registered = registered;
        }

        @Override
        public MetricGroup addGroup(String name) {
            return new RecordingGroup(prefix + name + ".", registered);
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return addGroup(key).addGroup(value);
        }

        @Override
        public Counter counter(String name) {
            return keep(name, super.counter(name));
        }

        @Override
        public <H extends Histogram> H histogram(String name, H histogram) {
            return keep(name, histogram);
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            return keep(name, gauge);
        }

        private <M extends Metric> M keep(String name, M metric) {
            registered.put(prefix + name, metric);
            return metric;
        }
    }
}

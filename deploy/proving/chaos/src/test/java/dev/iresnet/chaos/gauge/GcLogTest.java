package dev.iresnet.chaos.gauge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GcLogTest {
    private static final List<String> LINES =
            List.of(
                    "[1.504s][info][gc] GC(2) Pause Full (Metadata GC Threshold) 20M->12M(495M) 40.1ms",
                    "[60.10s][info][gc] GC(9) Pause Young (Allocation Failure) 160M->28M(495M) 5.0ms",
                    "[70.20s][info][gc] GC(10) Pause Full (Diagnostic Command) 93M->27M(495M) 60.2ms",
                    "[75.30s][info][gc] GC(11) Pause Young (Allocation Failure) 164M->29M(495M) 4.1ms");

    @Test
    void findsWhatTheLastFullCollectionHasLeft() {
        assertThat(GcLog.afterLastFull(LINES)).hasValue(27);
        assertThat(GcLog.afterLastFull(LINES.subList(0, 2))).hasValue(12);
        assertThat(GcLog.afterLastFull(List.of())).isEmpty();
    }

    @Test
    void countsThoseThatWereAskedFor() {
        assertThat(GcLog.askedFor(LINES)).isEqualTo(1);
    }
}

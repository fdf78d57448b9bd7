package dev.iresnet.local.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressCountersTest {

    private static final long SECOND = 1_000_000_000L;

    private final ProgressCounters counters = new ProgressCounters(0);

    @Test
    void rateIsThatOfTheLastSeconds() {
        counters.progress(0);
        label(100);
        assertThat(counters.progress(SECOND).perSecond()).isEqualTo(100);
        counters.progress(10 * SECOND);
        label(20);

        assertThat(counters.progress(12 * SECOND).perSecond()).isEqualTo(10);
    }

    @Test
    void aClipCountsAsManyFramesAndAsOneLatency() {
        counters.labelled(new Sighting("a", "pan left", 1, 16, 5));

        Progress progress = counters.progress(SECOND);
        assertThat(progress.labelled()).isEqualTo(16);
        assertThat(progress.perSecond()).isEqualTo(16);
        assertThat(progress.latencyMillis()).isEqualTo(new Progress.Quantiles(5, 5, 5));
    }

    @Test
    void latenciesAreOfTheLastResultsOnly() {
        for (int i = 0; i < 1024; i++) {
            counters.labelled(new Sighting("a", "cat", 1, 1_000_000));
        }
        for (int i = 1; i <= 1024; i++) {
            counters.labelled(new Sighting("a", "cat", 1, i));
        }

        assertThat(counters.progress(SECOND).latencyMillis())
                .isEqualTo(new Progress.Quantiles(512, 973, 1014));
    }

    @Test
    void showsTheNewestResultOfTheLastThreeCameras() {
        for (String camera : List.of("a", "b", "c", "d", "b")) {
            counters.labelled(new Sighting(camera, "cat", 1, 1));
        }
        counters.labelled(new Sighting("b", "dog", 1, 1));

        assertThat(counters.progress(SECOND).last())
                .extracting(s -> s.cameraId() + " " + s.label())
                .containsExactly("b dog", "d cat", "c cat");
    }

    @Test
    void countsBeforeAnythingCame() {
        Progress progress = counters.progress(0);

        assertThat(progress.perSecond()).isZero();
        assertThat(progress.latencyMillis()).isEqualTo(Progress.Quantiles.NONE);
    }

    private void label(int frames) {
        for (int i = 0; i < frames; i++) {
            counters.labelled(new Sighting("a", "cat", 1, 1));
        }
    }
}

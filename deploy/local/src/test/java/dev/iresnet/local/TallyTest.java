package dev.iresnet.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {

    private static final long SECOND = 1_000_000_000L;

    private final Tally tally = new Tally(0);

    @Test
    void rateIsThatOfTheLastSeconds() {
        tally.progress(0);
        label(100);
        assertThat(tally.progress(SECOND).perSecond()).isEqualTo(100);
        tally.progress(10 * SECOND);
        label(20);

        assertThat(tally.progress(12 * SECOND).perSecond()).isEqualTo(10);
    }

    @Test
    void latenciesAreOfTheLastResultsOnly() {
        for (int i = 0; i < 1024; i++) {
            tally.labelled(new Sighting("a", "cat", 1, 1_000_000));
        }
        for (int i = 1; i <= 1024; i++) {
            tally.labelled(new Sighting("a", "cat", 1, i));
        }

        assertThat(tally.progress(SECOND).latencyMillis()).isEqualTo(new Quantiles(512, 973, 1014));
    }

    @Test
    void showsTheNewestResultOfTheLastThreeCameras() {
        for (String camera : List.of("a", "b", "c", "d", "b")) {
            tally.labelled(new Sighting(camera, "cat", 1, 1));
        }
        tally.labelled(new Sighting("b", "dog", 1, 1));

        assertThat(tally.progress(SECOND).last())
                .extracting(s -> s.cameraId() + " " + s.label())
                .containsExactly("b dog", "d cat", "c cat");
    }

    @Test
    void countsBeforeAnythingCame() {
        Progress progress = tally.progress(0);

        assertThat(progress.perSecond()).isZero();
        assertThat(progress.latencyMillis()).isEqualTo(Quantiles.NONE);
    }

    private void label(int frames) {
        for (int i = 0; i < frames; i++) {
            tally.labelled(new Sighting("a", "cat", 1, 1));
        }
    }
}

package dev.iresnet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class FairShareTest {
    private final FairShare<String> shares = new FairShare<>(8);

    @Test
    void nobodyHasAShareWhileTheDeviceTakesAllAtOnce() {
        enter("loud", 7);

        assertThat(shares.enter("quiet")).isTrue();
        // 8 in flight: from here on there are shares of 4.
        assertThat(shares.enter("loud")).isFalse();
        assertThat(shares.enter("quiet")).isTrue();
    }

    @Test
    void aCameraThatIsAloneMayHaveEverything() {
        enter("only", 1_000);
    }

    @Test
    void aNewCameraAlwaysEnters() {
        enter("loud", 100);
        for (int i = 0; i < 50; i++) {
            assertThat(shares.enter("quiet-" + i)).isTrue();
        }
    }

    @Test
    void whatHasLeftCountsNoMore() {
        enter("loud", 7);
        enter("quiet", 1);
        assertThat(shares.enter("loud")).isFalse();

        shares.left("quiet");

        assertThat(shares.enter("loud")).isTrue();
        // And a camera without frames takes no part.
        assertThat(shares.enter("loud")).isTrue();
    }

    /** A device of 8 frames at a time, first in, first out. */
    @Test
    void oneCameraAtAHundredTimesTheRateNeitherShedsNorDelaysTheOthers() {
        Deque<String> queue = new ArrayDeque<>();
        int loudServed = 0;
        for (int round = 0; round < 500; round++) {
            for (int quiet = 0; quiet < 4; quiet++) {
                for (int loud = 0; loud < 25; loud++) {
                    if (shares.enter("loud")) {
                        queue.add("loud");
                    }
                }
                boolean entered = shares.enter("quiet-" + quiet);
                if (entered) {
                    queue.add("quiet-" + quiet);
                }
                // What the loud one took while it was alone has to be worked off first.
                if (round >= 10) {
                    assertThat(entered).isTrue();
                    // All that waits goes with this batch or the next.
                    assertThat(queue).hasSizeLessThanOrEqualTo(2 * 8);
                }
            }
            for (int served = 0; served < 8 && !queue.isEmpty(); served++) {
                String camera = queue.remove();
                loudServed += camera.equals("loud") ? 1 : 0;
                shares.left(camera);
            }
        }
        // What the others leave is the loud one's.
        assertThat(loudServed).isGreaterThanOrEqualTo(500 * 3);
    }

    private void enter(String camera, int frames) {
        for (int i = 0; i < frames; i++) {
            assertThat(shares.enter(camera)).isTrue();
        }
    }
}

package dev.iresnet.proving.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShotListTest {
    private static final List<String> FILES = List.of("a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg");

    @Test
    void showsEachPictureOnceBeforeAnyTwice() {
        List<ShotList.Shot> shots = shots(new FeedPlan(2, 10, 20, 1));

        for (int from = 0; from + FILES.size() <= shots.size(); from++) {
            assertThat(shots.subList(from, from + FILES.size()))
                    .extracting(ShotList.Shot::file)
                    .containsExactlyInAnyOrderElementsOf(FILES);
        }
    }

    @Test
    void theOrderAndTheIdsFollowTheSeed() {
        assertThat(shots(new FeedPlan(2, 10, 20, 1))).isEqualTo(shots(new FeedPlan(2, 10, 20, 1)));
        assertThat(shots(new FeedPlan(2, 10, 20, 1)))
                .extracting(ShotList.Shot::eventId)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(
                        shots(new FeedPlan(2, 10, 20, 2)).stream()
                                .map(ShotList.Shot::eventId)
                                .toList());
    }

    @Test
    void camerasAreNumberedAtOneWidth() {
        assertThat(shots(new FeedPlan(11, 0, 11, 1)))
                .extracting(ShotList.Shot::cameraId)
                .contains("camera-00", "camera-10");
    }

    private static List<ShotList.Shot> shots(FeedPlan plan) {
        List<ShotList.Shot> shots = new ArrayList<>();
        new ShotList(plan, FILES).forEachRemaining(shots::add);
        return shots;
    }
}

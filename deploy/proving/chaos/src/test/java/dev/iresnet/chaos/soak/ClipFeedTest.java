package dev.iresnet.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.proving.feed.FeedPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipFeedTest {
    private static final int FRAMES = 16;

    private final List<FeedPlan> plans =
            new ClipFeed(1003, FRAMES, Duration.ofMinutes(20), 7).plans();

    @Test
    void asManyGroupsAsAClipHasFramesShareTheCameras() {
        assertThat(plans).hasSize(FRAMES);
        assertThat(plans.stream().mapToInt(FeedPlan::cameras)).containsOnly(62, 63);
        assertThat(plans.stream().mapToInt(FeedPlan::cameras).sum()).isEqualTo(1003);
        assertThat(plans.stream().map(FeedPlan::seed)).doesNotHaveDuplicates();
    }

    @Test
    void eachCameraHasAFrameInTenSecondsAndWholeClips() {
        for (FeedPlan plan : plans) {
            assertThat(plan.framesPerSecond()).isEqualTo(plan.cameras() / 10.0);
            assertThat(plan.frames() % ((long) plan.cameras() * FRAMES)).isZero();
        }
    }

    @Test
    void eachGroupGoesOnUntilTheEndAndNoClipLonger() {
        for (int group = 0; group < FRAMES; group++) {
            FeedPlan plan = plans.get(group);
            long ends = 10 * (group + plan.frames() / plan.cameras());
            assertThat(ends).isBetween(20 * 60L, 20 * 60 + 10L * FRAMES);
        }
    }

    @Test
    void aShortRunHasAClipOfEachCamera() {
        ClipFeed feed = new ClipFeed(32, FRAMES, Duration.ofMinutes(1), 7);
        assertThat(feed.plans().stream().mapToLong(FeedPlan::frames)).containsOnly(2L * FRAMES);
    }
}

package dev.iresnet.proving.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    @Test
    void aCameraPlaysAClipWhole() {
        List<List<String>> clips =
                List.of(
                        List.of("a/0.jpg", "a/1.jpg", "a/2.jpg"),
                        List.of("b/0.jpg", "b/1.jpg"),
                        List.of("c/0.jpg", "c/1.jpg", "c/2.jpg", "c/3.jpg"));
        Map<String, List<String>> played = new TreeMap<>();
        new ShotList(new FeedPlan(2, 10, 40, 1), clips)
                .forEachRemaining(
                        shot ->
                                played.computeIfAbsent(shot.cameraId(), id -> new ArrayList<>())
                                        .add(shot.file()));

        assertThat(played).hasSize(2);
        played.values()
                .forEach(
                        files -> {
                            for (int at = 0; at < 12; ) {
                                String clip = files.get(at).substring(0, 1);
                                List<String> whole = clips.get("abc".indexOf(clip));
                                assertThat(files.subList(at, at + whole.size())).isEqualTo(whole);
                                at += whole.size();
                            }
                        });
    }

    private static List<ShotList.Shot> shots(FeedPlan plan) {
        List<ShotList.Shot> shots = new ArrayList<>();
        new ShotList(plan, FILES.stream().map(List::of).toList()).forEachRemaining(shots::add);
        return shots;
    }
}

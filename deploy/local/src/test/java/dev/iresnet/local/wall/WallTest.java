package dev.iresnet.local.wall;

import static dev.iresnet.local.wall.Answers.letter;
import static dev.iresnet.local.wall.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.iresnet.schemas.avro.ResultStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WallTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:01Z");

    private final Wall wall = new Wall();

    @Test
    void showsTheNewestResultOfEachCamera() {
        wall.answered(result("door", "d1"), NOW);
        wall.answered(result("gate", "g1"), NOW);
        wall.answered(result("door", "d2"), NOW.plusSeconds(1));

        assertThat(wall.snapshot().cameras())
                .extracting(Snapshot.View::name, WallTest::eventId, Snapshot.View::answeredAt)
                .containsExactly(tuple("door", "d2", NOW.plusSeconds(1)), tuple("gate", "g1", NOW));
        assertThat(wall.snapshot().model()).isEqualTo("net 1");
    }

    @Test
    void countsAnswersByWhatTheySay() {
        wall.arrived(9);
        wall.answered(result("door", "1"), NOW);
        wall.answered(result("door", "2", ResultStatus.LOW_CONFIDENCE, NOW), NOW);
        wall.answered(result("door", "3", ResultStatus.STALE, NOW), NOW);
        wall.answered(letter("door", "IMAGE_CORRUPT"), NOW);
        wall.unreadable();

        Snapshot.Totals totals = wall.snapshot().totals();
        assertThat(totals.in()).isEqualTo(9);
        assertThat(totals.labelled()).isEqualTo(2);
        assertThat(totals.lowConfidence()).isEqualTo(1);
        assertThat(totals.stale()).isEqualTo(1);
        assertThat(totals.deadLettered()).isEqualTo(1);
        assertThat(totals.unreadable()).isEqualTo(1);
        assertThat(totals.waiting()).isEqualTo(5);
        Snapshot.CameraCounts ofDoor = wall.snapshot().cameras().get(0).counts();
        assertThat(ofDoor.results()).isEqualTo(3);
        assertThat(ofDoor.letters()).isEqualTo(1);
    }

    @Test
    void countsAllFramesOfAClip() {
        wall.arrived(20);
        Answer.Result like = result("door", "1");
        wall.answered(
                new Answer.Result(
                        like.eventId(),
                        like.cameraId(),
                        like.status(),
                        like.labels(),
                        like.capturedAt(),
                        like.sentAt(),
                        like.model(),
                        like.position(),
                        null,
                        16),
                NOW);

        assertThat(wall.snapshot().totals().labelled()).isEqualTo(16);
        assertThat(wall.snapshot().totals().waiting()).isEqualTo(4);
        assertThat(wall.snapshot().cameras().get(0).counts().results()).isEqualTo(16);
    }

    @Test
    void neverWaitsForLessThanNothing() {
        wall.answered(result("door", "1"), NOW);
        wall.answered(result("door", "1"), NOW);

        assertThat(wall.snapshot().totals().waiting()).isZero();
    }

    @Test
    void aDeadLetterLeavesTheLastResultStanding() {
        wall.answered(result("door", "1"), NOW);
        wall.answered(letter("door", "IMAGE_CORRUPT"), NOW.plusSeconds(2));

        Snapshot.View door = wall.snapshot().cameras().get(0);
        assertThat(eventId(door)).isEqualTo("1");
        assertThat(door.letter())
                .isEqualTo(new Snapshot.Dead(letter("door", "IMAGE_CORRUPT"), NOW.plusSeconds(2)));
        assertThat(door.answeredAt()).isEqualTo(NOW.plusSeconds(2));
    }

    @Test
    void remembersTheNewestDeadLettersOnly() {
        for (int i = 0; i < 3 * Wall.MAX_LETTERS; i++) {
            wall.answered(letter("door", "CODE_" + i), NOW);
        }

        assertThat(wall.snapshot().letters()).hasSize(Wall.MAX_LETTERS);
        assertThat(wall.snapshot().letters().get(0).letter().code()).isEqualTo("CODE_59");
    }

    @Test
    void countsAnswersOfCamerasForWhichThereIsNoRoom() {
        fill(NOW);
        wall.answered(result("one more", "1"), NOW.plusSeconds(1));

        assertThat(wall.snapshot().cameras())
                .hasSize(Wall.MAX_CAMERAS)
                .noneMatch(view -> view.name().equals("one more"));
        assertThat(wall.snapshot().totals().unshown()).isEqualTo(1);
        assertThat(wall.snapshot().totals().labelled()).isEqualTo(Wall.MAX_CAMERAS + 1);
    }

    @Test
    void theCameraThatIsSilentLongestMakesRoom() {
        fill(NOW);
        Instant later = NOW.plus(Wall.MAKES_ROOM);
        for (int i = 0; i < Wall.MAX_CAMERAS; i++) {
            if (i != 5) {
                wall.answered(result("camera-" + i, "again"), later);
            }
        }
        wall.answered(result("one more", "1"), later);

        assertThat(wall.snapshot().cameras())
                .hasSize(Wall.MAX_CAMERAS)
                .noneMatch(view -> view.name().equals("camera-5"))
                .anyMatch(view -> view.name().equals("one more"));
        assertThat(wall.snapshot().cameras())
                .extracting(Snapshot.View::number)
                .doesNotHaveDuplicates();
        assertThat(wall.snapshot().totals().unshown()).isZero();
    }

    @Test
    void aCameraOfDeadLettersAloneHasNoResult() {
        wall.answered(letter("door", "KEY_MISSING"), NOW);

        assertThat(wall.snapshot().cameras().get(0).result()).isNull();
        assertThat(Duration.between(NOW, wall.snapshot().letters().get(0).at())).isZero();
    }

    private void fill(Instant now) {
        for (int i = 0; i < Wall.MAX_CAMERAS; i++) {
            wall.answered(result("camera-" + i, "first"), now);
        }
    }

    private static String eventId(Snapshot.View view) {
        Answer.Result result = view.result();
        return result == null ? "none" : result.eventId();
    }
}

package dev.iresnet.local.wall;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the wall knows of one camera: its newest answers and how many there were. */
final class Camera {

    private final int number;
    private final String name;
    private final Rate rate = new Rate();
    private Answer.@Nullable Result result;
    private Answer.@Nullable Letter letter;
    private @Nullable Instant letterAt;
    private Instant answeredAt;
    private long results;
    private long letters;

    /**
     * @param number names it in URLs, which its own name would make long
     * @param now when its first answer comes
     */
    Camera(int number, String name, Instant now) {
        this.number = number;
        this.name = name;
        this.answeredAt = now;
    }

    /** When its newest answer was read. */
    Instant answeredAt() {
        return answeredAt;
    }

    void answered(Answer answer, Instant now) {
        answeredAt = now;
        if (answer instanceof Answer.Result newest) {
            result = newest;
            results += newest.frames();
            rate.count(newest.sentAt(), newest.frames());
        } else if (answer instanceof Answer.Letter newest) {
            letter = newest;
            letterAt = now;
            letters++;
        }
    }

    Snapshot.View view() {
        Snapshot.Dead dead =
                letter == null || letterAt == null ? null : new Snapshot.Dead(letter, letterAt);
        return new Snapshot.View(
                number,
                name,
                result,
                dead,
                new Snapshot.CameraCounts(results, letters, rate.perSecond()),
                answeredAt);
    }
}

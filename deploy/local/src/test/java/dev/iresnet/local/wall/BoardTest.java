package dev.iresnet.local.wall;

import static dev.iresnet.local.wall.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class BoardTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Board board = new Board();
    private final Wall wall = new Wall();

    @Test
    void wakesWhoWaitsForSomethingNew() throws InterruptedException {
        long seen = board.await(-1, Duration.ZERO).version();
        CompletableFuture<Board.Sight> waiting =
                CompletableFuture.supplyAsync(() -> await(seen, PATIENCE));

        hang("e1");

        assertThat(waiting.join().version()).isGreaterThan(seen);
        assertThat(waiting.join().snapshot().cameras()).hasSize(1);
    }

    @Test
    void tellsWhatItHasWhenNothingNewComes() {
        Board.Sight first = await(-1, Duration.ZERO);

        assertThat(await(first.version(), Duration.ofMillis(1))).isEqualTo(first);
        assertThat(first.phase()).isEqualTo(Board.Phase.STARTING);
    }

    @Test
    void phasesOnlyGoForward() {
        board.enter(Board.Phase.FAILED);
        board.enter(Board.Phase.RUNNING);
        assertThat(await(-1, Duration.ZERO).phase()).isEqualTo(Board.Phase.FAILED);

        board.enter(Board.Phase.ENDED);
        assertThat(await(-1, Duration.ZERO).phase()).isEqualTo(Board.Phase.ENDED);
    }

    @Test
    void knowsTheResultsOfTheLastSnapshotsOnly() {
        for (int i = 0; i < 2 * Board.REMEMBERED; i++) {
            hang("e" + i);
        }

        assertThat(board.result(1, "e31")).contains(result("door", "e31"));
        assertThat(board.result(1, "e16")).isPresent();
        assertThat(board.result(1, "e15")).isEmpty();
        assertThat(board.result(2, "e31")).isEmpty();
    }

    private void hang(String eventId) {
        wall.answered(result("door", eventId), Instant.EPOCH);
        board.hang(wall.snapshot());
    }

    private Board.Sight await(long seen, Duration atMost) {
        try {
            return board.await(seen, atMost);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

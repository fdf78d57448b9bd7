package dev.iresnet.local;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for Flink's answers. */
final class FlinkCalls {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    private FlinkCalls() {}

    /**
     * @param purpose what was asked of Flink: an infinitive without "to"
     * @throws LocalException if it failed or did not answer
     */
    static <T> T await(CompletableFuture<T> future, String purpose) {
        try {
            return future.get(CALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new LocalException("Flink could not %s: %s".formatted(purpose, Reasons.of(e)), e);
        } catch (TimeoutException e) {
            throw new LocalException(
                    "Flink did not %s within %d s".formatted(purpose, CALL_TIMEOUT.toSeconds()), e);
        } catch (InterruptedException e) {
            throw new StoppedException();
        }
    }
}

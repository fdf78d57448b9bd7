package dev.iresnet.schemas;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Two daemons, which are there while there is something to do. */
final class LookupTimer implements Lookups.Timer {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ScheduledThreadPoolExecutor threads;

    LookupTimer() {
        threads =
                new ScheduledThreadPoolExecutor(
                        2,
                        task -> {
                            Thread thread = new Thread(task, "iresnet-schemas");
                            thread.setDaemon(true);
                            return thread;
                        });
        threads.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // tasks deal with what they meet
    public void after(Duration delay, Runnable task) {
        try {
            threads.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // closed meanwhile
            return;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

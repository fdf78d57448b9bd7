package dev.iresnet.local.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the user wants the run to end (Ctrl-C). Any thread may raise it; it stays raised. */
public final class StopSignal {

    private final CountDownLatch raised = new CountDownLatch(1);

    public void raise() {
        raised.countDown();
    }

    /**
     * Waits for that long.
     *
     * @throws StoppedException as soon as the signal is raised
     */
    public void pause(Duration duration) {
        try {
            if (raised.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException e) {
            throw new StoppedException();
        }
    }

    /** The user wants the run to end (Ctrl-C). Not an error. */
    public static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public StoppedException() {
            super("stopped");
        }
    }
}

package dev.iresnet.engine.watch;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process. */
public interface Halt {
    /**
     * Tells an operator, or a supervisor, that the device hung or became unusable. No signal and no
     * JVM uses it.
     */
    int EXIT_CODE = 86;

    /**
     * Says why, and ends it at once, without shutdown hooks: these may wait for what hangs.
     *
     * @param report for the log
     */
    void halt(String report);

    /** Ends this process for good. */
    final class OfProcess implements Halt {
        private static final Logger LOG = LoggerFactory.getLogger(OfProcess.class);
        private static final Duration LONGEST_WRITING = Duration.ofSeconds(10);

        @Override
        public void halt(String report) {
            // On a thread of its own: a log that hangs, too, must not keep the process alive.
            Thread writer = new Thread(() -> write(report), "iresnet-last-words");
            writer.setDaemon(true);
            writer.start();
            try {
                writer.join(LONGEST_WRITING.toMillis());
            } catch (InterruptedException e) {
                // The process ends at once, with or without the report.
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(EXIT_CODE);
        }

        private static void write(String report) {
            LOG.error(report);
            // Logs may be written later than now, and there is no later.
            System.err.println(report);
            System.err.flush();
        }
    }
}

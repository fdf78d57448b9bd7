package dev.iresnet.engine.watch;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends this process for good. */
public final class ProcessHalt implements Halt {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessHalt.class);
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
            // The end is as near as it gets.
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

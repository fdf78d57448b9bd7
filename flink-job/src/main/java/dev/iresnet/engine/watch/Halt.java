package dev.iresnet.engine.watch;

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
}

package dev.iresnet.config;

/** Where a job that has no checkpoint begins to read. */
public enum StartingOffsets {
    /** Where the consumer group has left off; at the earliest record if it never was here. */
    COMMITTED("committed"),
    EARLIEST("earliest"),
    LATEST("latest");

    private final String text;

    StartingOffsets(String text) {
        this.text = text;
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return text;
    }
}

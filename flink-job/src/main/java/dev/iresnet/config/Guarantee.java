package dev.iresnet.config;

/** What a consumer of the output may rely on. */
public enum Guarantee {
    /**
     * Each frame once, seen by read-committed consumers when the checkpoint that follows it
     * completes.
     */
    EXACTLY_ONCE("exactly-once"),
    /** Each frame at once, and again, under the same event id, after a failure. */
    AT_LEAST_ONCE("at-least-once");

    private final String text;

    Guarantee(String text) {
        this.text = text;
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return text;
    }
}

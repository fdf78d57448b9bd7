package dev.iresnet.local;

/** How often a result may reach a reader, in Flink's words. */
enum Guarantee {
    EXACTLY_ONCE("exactly-once"),
    AT_LEAST_ONCE("at-least-once");

    private final String text;

    Guarantee(String text) {
        this.text = text;
    }

    /** As options spell it. */
    @Override
    public String toString() {
        return text;
    }
}

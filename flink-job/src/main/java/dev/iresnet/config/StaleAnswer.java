package dev.iresnet.config;

/** What becomes of a frame that is shed. */
public enum StaleAnswer {
    /** A result without labels, of status STALE: consumers see each frame in one topic. */
    RESULT("result"),
    /** A dead letter: the frame is kept whole and can be replayed. */
    DEAD_LETTER("dead-letter");

    private final String text;

    StaleAnswer(String text) {
        this.text = text;
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return text;
    }
}

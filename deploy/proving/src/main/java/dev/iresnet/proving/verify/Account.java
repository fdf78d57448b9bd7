package dev.iresnet.proving.verify;

import dev.iresnet.proving.manifest.ManifestEntry;
import org.jspecify.annotations.Nullable;

/** A frame's entry and its answers, whichever comes first. For one thread. */
final class Account {
    private @Nullable ManifestEntry entry;
    private @Nullable Answer answer;
    private long arrival;
    private int answers;

    void expect(ManifestEntry expected) {
        entry = expected;
    }

    /**
     * @param position of the answer among all
     */
    void settle(Answer given, long position) {
        answers++;
        if (answer == null) {
            answer = given;
            arrival = position;
        }
    }

    /** Null for an answer to a frame that is in no manifest. */
    @Nullable ManifestEntry entry() {
        return entry;
    }

    /** The first one; null while there is none. */
    @Nullable Answer answer() {
        return answer;
    }

    /** The first answer's position among all answers. */
    long arrival() {
        return arrival;
    }

    boolean isExpected() {
        return entry != null;
    }

    boolean isAnswered() {
        return answer != null;
    }

    /** Answers beyond the first. */
    int surplus() {
        return Math.max(0, answers - 1);
    }
}

package dev.iresnet.proving.verify;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.schemas.avro.ResultStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets what came out against what went in. An answer may come before the entry that it belongs to:
 * the feed writes an entry when Kafka has acknowledged the frame, and the job may be faster. Keeps
 * all of it, some hundred bytes a frame. For one thread.
 */
final class Ledger {
    private final Map<String, Account> accounts = new HashMap<>();
    private final ClipFrames clips;
    private final List<Answer.Unreadable> unreadable = new ArrayList<>();
    private long expected;
    private long settled;
    private long results;
    private long deadLetters;

    Ledger(ClipFrames clips) {
        this.clips = clips;
    }

    void expect(ManifestEntry entry) {
        Account account = account(entry.eventId());
        if (account.isExpected()) {
            throw new IllegalArgumentException(
                    "the manifest has the event id %s twice".formatted(entry.eventId()));
        }
        account.expect(entry);
        clips.expect(account);
        expected++;
        settled += account.isAnswered() ? 1 : 0;
    }

    void record(Answer answer) {
        if (answer instanceof Answer.Unreadable nothing) {
            unreadable.add(nothing);
            return;
        }
        Account account = account(answer.eventId());
        settled += account.isExpected() && !account.isAnswered() ? 1 : 0;
        account.settle(answer, results + deadLetters);
        if (answer instanceof Answer.Result result && result.clip() != null) {
            settled += clips.answer(result.clip(), accounts.values());
        }
        if (answer instanceof Answer.DeadLetter) {
            deadLetters++;
        } else {
            results++;
        }
    }

    private Account account(String eventId) {
        return accounts.computeIfAbsent(eventId, id -> new Account());
    }

    ClipFrames clips() {
        return clips;
    }

    /** How far things are, in constant time. */
    Standing standing() {
        return new Standing(expected, settled, results, deadLetters);
    }

    Collection<Account> accounts() {
        return accounts.values();
    }

    List<Answer.Unreadable> unreadable() {
        return unreadable;
    }

    /**
     * Where the ledger stands.
     *
     * @param expected entries of the manifest
     * @param settled those that have an answer
     * @param results records of the output topic, repeats included
     * @param deadLetters records of the dead-letter topic, repeats included
     */
    record Standing(long expected, long settled, long results, long deadLetters) {
        boolean isSettled() {
            return expected == settled;
        }
    }

    /** A frame's entry and its answers, whichever comes first. For one thread. */
    static final class Account {
        private @Nullable ManifestEntry entry;
        private @Nullable Answer answer;
        private long arrival;
        private int answers;
        private boolean inClip;

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

        /** Counts as answered, by the result of a clip that the frame is in. */
        void coverByClip() {
            inClip = true;
        }

        /** Whether the frame is in a clip that has a result. */
        boolean isInClip() {
            return inClip;
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
            return answer != null || inClip;
        }

        /** Whether the frame was shed, or it or a clip that it ends has a dead letter. */
        boolean isWithoutLabels() {
            return answer instanceof Answer.DeadLetter
                    || (answer instanceof Answer.Result result
                            && result.status() == ResultStatus.STALE);
        }

        /** Answers beyond the first. */
        int surplus() {
            return Math.max(0, answers - 1);
        }
    }
}

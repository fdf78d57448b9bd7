package dev.iresnet.decoding.fetch;

/**
 * A picture that is to be fetched, and how that went so far. Guarded by {@link Fetches}. Times are
 * nanoseconds.
 */
final class Fetch {
    static final long NEVER = Long.MAX_VALUE;

    final Recipient recipient;

    /** When it was asked for. */
    final long addedAt;

    /** Order of their coming. */
    final long number;

    /** Before this it need not be tried again. */
    long dueAt;

    int failures;
    long firstFailedAt = NEVER;

    Fetch(Recipient recipient, long number, long addedAt) {
        this.recipient = recipient;
        this.addedAt = addedAt;
        this.number = number;
        this.dueAt = addedAt;
    }

    String store() {
        return recipient.picture().uri().store();
    }

    int size() {
        return recipient.picture().size();
    }
}

package dev.iresnet.proving.verify;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.proving.manifest.ManifestTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Follows the manifest and the answers side by side until every frame is answered, or it has waited
 * long enough. Runs once, on one thread.
 */
final class Verifier {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);

    private final AnswerTopics topics;
    private final ManifestTail manifest;
    private final BooleanSupplier manifestClosed;
    private final InstantSource clock;
    private final Ledger ledger;
    private boolean closed;

    /**
     * @param ledger to fill
     * @param manifestClosed whether the manifest will not grow any more
     */
    Verifier(
            AnswerTopics topics,
            ManifestTail manifest,
            BooleanSupplier manifestClosed,
            InstantSource clock,
            Ledger ledger) {
        this.topics = topics;
        this.manifest = manifest;
        this.manifestClosed = manifestClosed;
        this.clock = clock;
        this.ledger = ledger;
    }

    /** Returns when it is over, and reports on the way; the ledger is then complete. */
    Ledger run(Timeouts timeouts, Report report) {
        Instant started = clock.instant();
        Instant changed = started;
        Instant reported = started;
        report.ready();
        while (!timeouts.isOver(closed, isSettled(), started, changed, clock.instant())) {
            boolean news = advance();
            Instant now = clock.instant();
            changed = news ? now : changed;
            if (Duration.between(reported, now).compareTo(BETWEEN_REPORTS) >= 0) {
                report.progress(ledger.standing());
                reported = now;
            }
        }
        report.progress(ledger.standing());
        return ledger;
    }

    private boolean isSettled() {
        return ledger.standing().isSettled();
    }

    /** Reads what there is, and tells whether there was anything. */
    private boolean advance() {
        Ledger.Standing before = ledger.standing();
        boolean wasClosed = closed;
        // Asked before the manifest is read: its last lines were there when it was closed.
        closed = manifestClosed.getAsBoolean();
        manifestEntries().forEach(ledger::expect);
        topics.poll(POLL).forEach(ledger::record);
        return closed != wasClosed || !ledger.standing().equals(before);
    }

    private List<ManifestEntry> manifestEntries() {
        try {
            return manifest.poll();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest", e);
        }
    }
}

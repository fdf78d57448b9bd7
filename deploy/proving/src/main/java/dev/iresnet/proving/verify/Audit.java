package dev.iresnet.proving.verify;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.schemas.avro.ResultStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Draws the verdict from a ledger. Used once. */
final class Audit {
    private final Ledger ledger;
    private final Reference reference;
    private final ResultStatistics statistics;
    private final CameraOrder order = new CameraOrder();
    private final Findings findings = new Findings();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private long labeled;
    private long stale;
    private long compared;

    private Audit(Ledger ledger, Truth truth, Reference reference) {
        this.ledger = ledger;
        this.reference = reference;
        this.statistics = new ResultStatistics(truth);
    }

    static Verdict of(Ledger ledger, Truth truth, Reference reference) {
        Audit audit = new Audit(ledger, truth, reference);
        ledger.accounts().forEach(audit::examine);
        audit.order.overtaken().forEach(id -> audit.findings.add("reordered", 1, id));
        ledger.unreadable()
                .forEach(
                        record ->
                                audit.findings.add(
                                        "unreadable", 1, record.eventId() + ": " + record.why()));
        return audit.verdict();
    }

    private void examine(Ledger.Account account) {
        ManifestEntry entry = account.entry();
        Answer answer = account.answer();
        if (answer != null && account.surplus() > 0) {
            findings.add("duplicated", account.surplus(), answer.eventId());
        }
        if (entry == null) {
            findings.add("unknown", 1, answer == null ? "" : answer.eventId());
        } else if (answer == null && account.isInClip()) {
            labeled++;
        } else if (answer == null) {
            findings.add("lost", 1, entry.eventId());
        } else {
            compare(entry, answer);
            count(entry, answer, account.arrival());
        }
    }

    private void compare(ManifestEntry entry, Answer answer) {
        compared += reference.knows(entry.file()) ? 1 : 0;
        boolean impossible =
                answer instanceof Answer.Result result
                        && (result.misplaced()
                                || (result.clip() != null
                                        && !ledger.clips().isWhole(result.clip())));
        if (impossible || reference.contradicts(entry.file(), answer)) {
            findings.add("wrong", 1, entry.eventId());
        }
    }

    private void count(ManifestEntry entry, Answer answer, long arrival) {
        if (answer instanceof Answer.DeadLetter letter) {
            deadLetters.merge(letter.code(), 1L, Long::sum);
        } else if (answer instanceof Answer.Result result) {
            count(entry, result);
            order.add(entry.cameraId(), entry.frameNumber(), arrival, entry.eventId());
        }
    }

    private void count(ManifestEntry entry, Answer.Result result) {
        if (result.status() == ResultStatus.STALE) {
            stale++;
        } else {
            labeled++;
        }
        statistics.add(entry, result);
    }

    private Verdict verdict() {
        return new Verdict(
                ledger.standing().expected(),
                labeled,
                stale,
                deadLetters.values().stream().mapToLong(Long::longValue).sum(),
                deadLetters,
                findings.count("lost"),
                findings.count("duplicated"),
                findings.count("reordered"),
                findings.count("unknown"),
                findings.count("unreadable"),
                findings.count("wrong"),
                compared,
                statistics.objects(),
                statistics.accuracy(),
                statistics.meanBatchSize(),
                statistics.throughputPerSecond(),
                statistics.latency(),
                statistics.visibleLatency(),
                List.copyOf(statistics.models()),
                findings.examples());
    }

    /** Finds frames that were overtaken: each camera's frame numbers must rise over its results. */
    private static final class CameraOrder {
        private final Map<String, List<Place>> cameras = new HashMap<>();

        private record Place(long arrival, long frameNumber, String eventId) {}

        void add(String cameraId, long frameNumber, long arrival, String eventId) {
            cameras.computeIfAbsent(cameraId, id -> new ArrayList<>())
                    .add(new Place(arrival, frameNumber, eventId));
        }

        /** Event ids of the frames that came after a later frame of their camera. */
        List<String> overtaken() {
            List<String> overtaken = new ArrayList<>();
            for (List<Place> places : cameras.values()) {
                places.sort(Comparator.comparingLong(Place::arrival));
                long latest = Long.MIN_VALUE;
                for (Place place : places) {
                    if (place.frameNumber() < latest) {
                        overtaken.add(place.eventId());
                    }
                    latest = Math.max(latest, place.frameNumber());
                }
            }
            return overtaken;
        }
    }

    /** Counts what went wrong, by kind, and keeps a few examples of each. */
    private static final class Findings {
        private static final int EXAMPLES = 10;

        private final Map<String, Long> counts = new LinkedHashMap<>();
        private final Map<String, List<String>> examples = new LinkedHashMap<>();

        void add(String kind, long count, String example) {
            counts.merge(kind, count, Long::sum);
            List<String> shown = examples.computeIfAbsent(kind, any -> new ArrayList<>());
            if (shown.size() < EXAMPLES) {
                shown.add(example);
            }
        }

        long count(String kind) {
            return counts.getOrDefault(kind, 0L);
        }

        Map<String, List<String>> examples() {
            return examples;
        }
    }
}

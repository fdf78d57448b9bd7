package dev.iresnet.proving.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.schemas.avro.ResultStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Twenty frames of two cameras, and a log that answers each of them well. */
abstract class TwentyFrames {
    static final int FRAMES = 20;
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Model MODEL = new Model("demo", 1, "d1");
    static final Truth TRUTH = new Truth(Set.of("cat", "dog"));

    /** Sure of frames 0 to 9, less sure of the others. */
    static final Reference REFERENCE =
            Reference.of(IntStream.range(0, FRAMES).mapToObj(TwentyFrames::right).toList());

    /** Clips have five frames, each one of their camera's. */
    final Ledger ledger = new Ledger(new ClipFrames(5, 1));

    final List<Answer> log = new ArrayList<>();

    TwentyFrames() {
        for (int i = 0; i < FRAMES; i++) {
            log.add(result(i, entry(i).file().substring(0, 3)));
        }
    }

    Verdict verdict() {
        return verdict(TRUTH, REFERENCE);
    }

    Verdict verdict(Truth truth, Reference reference) {
        for (int i = 0; i < FRAMES; i++) {
            ledger.expect(entry(i));
        }
        log.forEach(ledger::record);
        return Audit.of(ledger, truth, reference);
    }

    static Map<String, Long> faults(Verdict verdict) {
        Map<String, Long> faults = new java.util.HashMap<>();
        faults.put("lost", verdict.lost());
        faults.put("duplicated", verdict.duplicated());
        faults.put("reordered", verdict.reordered());
        faults.put("unknown", verdict.unknown());
        faults.put("unreadable", verdict.unreadable());
        faults.put("wrong", verdict.wrong());
        faults.values().removeIf(count -> count == 0);
        assertThat(verdict.isFaultless()).isEqualTo(faults.isEmpty());
        return faults;
    }

    static Reference.Line right(int i) {
        String file = entry(i).file();
        return new Reference.Line(file, file.substring(0, 3), null, i < 10);
    }

    /** Two cameras take turns, a frame a second. */
    static ManifestEntry entry(int i) {
        String file = (i % 3 == 0 ? "cat/" : "dog/") + i + ".jpg";
        return new ManifestEntry("e" + i, file, "c" + i % 2, i / 2, START.plusSeconds(i));
    }

    /** Sent i + 1 milliseconds after its frame's capture, and seen 100 later. */
    static Answer.Result result(int i, String label) {
        Instant sent = entry(i).capturedAt().plusMillis(i + 1);
        return new Answer.Result(
                "e" + i,
                ResultStatus.LABELED,
                label,
                8,
                MODEL,
                sent,
                sent.plus(Duration.ofMillis(100)));
    }

    static Answer.Result batched(int i, int size) {
        Answer.Result result = result(i, "cat");
        return new Answer.Result(
                result.eventId(),
                result.status(),
                result.label(),
                size,
                result.model(),
                result.sentAt(),
                result.polledAt());
    }
}

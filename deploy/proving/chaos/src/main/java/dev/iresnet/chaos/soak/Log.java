package dev.iresnet.chaos.soak;

import dev.iresnet.chaos.growth.Reading;
import dev.iresnet.chaos.growth.Series;
import dev.iresnet.chaos.harness.ResultStream;
import dev.iresnet.proving.verify.Latencies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was seen, row by row. Readings are added by one thread, results by another; all of it is
 * read when both are done.
 *
 * @param rows in the order of the timetable
 */
record Log(Timetable timetable, List<Row> rows) {

    /**
     * What was seen in one row.
     *
     * @param readings of each process
     * @param untilSent of frames that were labelled: from capture until the result was sent
     * @param untilSeen the same, until a consumer of committed records had it
     * @param shed frames
     */
    record Row(
            Map<String, List<Reading>> readings,
            Latencies untilSent,
            Latencies untilSeen,
            AtomicLong shed) {

        Row() {
            this(new TreeMap<>(), new Latencies(), new Latencies(), new AtomicLong());
        }
    }

    Log(Timetable timetable) {
        this(timetable, Stream.generate(Row::new).limit(timetable.rows()).toList());
    }

    void add(String process, Reading reading) {
        row(reading.at())
                .ifPresent(
                        row ->
                                row.readings
                                        .computeIfAbsent(process, p -> new ArrayList<>())
                                        .add(reading));
    }

    /** By the time at which it was sent. */
    void add(ResultStream.Seen result) {
        row(result.sentAt())
                .ifPresent(
                        row -> {
                            if (result.isLabelled()) {
                                row.untilSent.add(result.untilSent());
                                row.untilSeen.add(
                                        Duration.between(result.capturedAt(), result.seenAt()));
                            } else {
                                row.shed.incrementAndGet();
                            }
                        });
    }

    /** Results of labelled frames or clips a second, after the warm-up. */
    double labeledPerSecond() {
        long labeled =
                rows.stream()
                        .skip(timetable.warmUpRows())
                        .mapToLong(row -> row.untilSent.count())
                        .sum();
        Duration time = Duration.between(timetable.start(timetable.warmUpRows()), timetable.end());
        return (double) labeled / time.toSeconds();
    }

    private Optional<Row> row(Instant moment) {
        int row = timetable.rowOf(moment);
        return row >= 0 && row < rows.size() ? Optional.of(rows.get(row)) : Optional.empty();
    }

    /** The means of each row's readings. */
    Series means() {
        List<Map<String, Reading>> means = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            Instant at = timetable.start(row);
            Map<String, Reading> all = new TreeMap<>();
            rows.get(row)
                    .readings
                    .forEach((name, readings) -> all.put(name, Reading.mean(at, readings)));
            means.add(all);
        }
        return new Series(
                "min",
                IntStream.range(0, rows.size()).mapToDouble(timetable::minutes).toArray(),
                means,
                timetable.warmUpRows());
    }
}

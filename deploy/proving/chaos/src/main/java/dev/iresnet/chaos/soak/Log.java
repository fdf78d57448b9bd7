package dev.iresnet.chaos.soak;

import dev.iresnet.chaos.gauge.Gauge;
import dev.iresnet.chaos.gauge.Reading;
import dev.iresnet.chaos.results.Latencies;
import dev.iresnet.chaos.results.SeenResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What was seen, row by row. Readings are added by one thread, results by another; all of it is
 * read when both are done.
 */
final class Log {
    private final Timetable timetable;
    private final List<Row> rows = new ArrayList<>();

    /** What was seen in one row. */
    static final class Row {
        private final Map<String, List<Reading>> readings = new TreeMap<>();
        private final Latencies untilSent = new Latencies();
        private final Latencies untilSeen = new Latencies();
        private final AtomicLong shed = new AtomicLong();

        /** Of frames that were labelled: from capture until the result was sent. */
        Latencies untilSent() {
            return untilSent;
        }

        /** The same, until a consumer of committed records had it. */
        Latencies untilSeen() {
            return untilSeen;
        }

        long shed() {
            return shed.get();
        }

        /** A gauge of a process: the mean of the row's readings; empty if there are none. */
        OptionalDouble mean(String process, Gauge gauge) {
            return values(process, gauge).average();
        }

        /** The least of the row's readings. */
        OptionalDouble least(String process, Gauge gauge) {
            return values(process, gauge).min();
        }

        private DoubleStream values(String process, Gauge gauge) {
            return readings.getOrDefault(process, List.of()).stream()
                    .map(reading -> reading.of(gauge))
                    .flatMapToDouble(OptionalDouble::stream);
        }
    }

    Log(Timetable timetable) {
        this.timetable = timetable;
        Stream.generate(Row::new).limit(timetable.rows()).forEach(rows::add);
    }

    List<Row> rows() {
        return rows;
    }

    void add(String process, Reading reading) {
        int row = timetable.rowOf(reading.at());
        if (isMeasured(row)) {
            rows.get(row).readings.computeIfAbsent(process, p -> new ArrayList<>()).add(reading);
        }
    }

    /** By the time at which it was sent. */
    void add(SeenResult result) {
        int row = timetable.rowOf(result.sentAt());
        if (!isMeasured(row)) {
            return;
        }
        if (result.fresh()) {
            rows.get(row).untilSent.add(Duration.between(result.capturedAt(), result.sentAt()));
            rows.get(row).untilSeen.add(Duration.between(result.capturedAt(), result.seenAt()));
        } else {
            rows.get(row).shed.incrementAndGet();
        }
    }

    private boolean isMeasured(int row) {
        return row >= 0 && row < rows.size();
    }
}

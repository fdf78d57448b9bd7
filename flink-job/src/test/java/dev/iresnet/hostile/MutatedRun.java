package dev.iresnet.hostile;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.inference.PipelineOptions;
import dev.iresnet.inference.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A process that sends mutated records through an engine and writes what came of them: arguments
 * are the number of records, the seed, and the file of the report. It ends with an error if the
 * engine stands still.
 */
final class MutatedRun {
    private static final int IN_FLIGHT = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final PipelineOptions OPTIONS = Rig.options(2, 1, 64);

    private final int count;
    private final MutatedRecords records;
    private final Tally tally;
    private final Probe probe = new Probe();
    private final Semaphore places = new Semaphore(IN_FLIGHT);
    private final Map<String, Object> report = new LinkedHashMap<>();

    private MutatedRun(int count, long seed) {
        this.count = count;
        this.records = new MutatedRecords(seed);
        this.tally = new Tally(count);
        report.put("records", count);
        report.put("seed", seed);
    }

    public static void main(String[] arguments) throws Exception {
        MutatedRun run =
                new MutatedRun(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
        run.run();
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(Path.of(arguments[2]).toFile(), run.report);
    }

    private void run() throws Exception {
        List<Long> resident = new ArrayList<>();
        long start = System.nanoTime();
        try (InferencePipeline engine =
                InferencePipeline.start(probe.stages(DecodeLimits.DEFAULT), OPTIONS)) {
            for (int number = 0; number < count; number++) {
                if (number % Math.max(1, count / 10) == 0) {
                    resident.add(residentKilobytes());
                }
                submit(engine, number);
            }
            take(IN_FLIGHT);
            resident.add(residentKilobytes());
            report.put("residentKilobytes", resident);
            report.put("usable", engine.isUsable());
            report.put("pending", engine.pending());
        }
        report.put("seconds", (System.nanoTime() - start) / 1e9);
        report.put("failures", tally.failures());
        report.put("notAnsweredOnce", tally.notOnce());
        report.put("answers", tally.all());
        report.put("reached", probe.reached());
        Map<Mutation, Map<String, Long>> byMutation = new TreeMap<>();
        for (Mutation mutation : Mutation.values()) {
            byMutation.put(mutation, tally.of(mutation));
        }
        report.put("byMutation", byMutation);
    }

    private void submit(InferencePipeline engine, int number) throws InterruptedException {
        take(1);
        MutatedRecords.Mutated mutated = records.at(number);
        var unused =
                engine.submit(mutated.record())
                        .whenComplete(
                                (outcome, failure) -> {
                                    tally.answered(mutated.mutation(), outcome, failure);
                                    places.release();
                                });
    }

    private void take(int count) throws InterruptedException {
        if (!places.tryAcquire(count, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("nothing was answered for " + PATIENCE);
        }
    }

    /** Of this process; -1 where the system does not say. */
    private static long residentKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(-1);
    }
}

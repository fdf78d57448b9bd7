package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.FailureCode;
import dev.iresnet.inference.Pictures.Fate;
import dev.iresnet.model.ModelException;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random engines under random loads by several submitters, with each way to end. */
@Timeout(120)
final class EngineStressTest {
    private static final int RUNS = 40;
    private static final int SUBMITTERS = 3;
    private static final int FRAMES_EACH = 400;
    private static final Fate[] OUTCOMES = {
        Fate.GOOD, Fate.GOOD, Fate.GOOD, Fate.GOOD, Fate.NOT_FINITE, Fate.CORRUPT, Fate.BUG
    };

    enum End {
        RUN_OUT,
        CLOSE,
        FAILURE
    }

    /** A frame under way. */
    private record Sent(int number, Fate fate, CompletableFuture<FrameOutcome> promise) {}

    @ParameterizedTest
    @EnumSource
    void everyPromiseIsKeptOnceAndNothingLeaks(End end) throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Rig rig = new Rig(FakeModel.open(), randomOptions(random));
            List<CompletableFuture<List<Sent>>> submitters = submitters(rig, seed);
            if (end == End.CLOSE) {
                rig.frames.close();
            } else if (end == End.FAILURE) {
                rig.model.failWith(new ModelException("made up"));
            }
            List<Sent> all = new ArrayList<>();
            for (CompletableFuture<List<Sent>> submitter : submitters) {
                all.addAll(submitter.get(60, TimeUnit.SECONDS));
            }
            int batches = 0;
            for (Sent sent : all) {
                batches += checkedBatchStarts(sent, end);
            }
            rig.close();
            assertThat(rig.frames.pending()).isZero();
            assertThat(rig.engine.crops().taken()).as("seed %d", seed).isZero();
            assertThat(rig.model.closes).hasValue(1);
            if (end == End.RUN_OUT) {
                assertEveryFrameInOneBatch(rig, all, batches);
            }
        }
    }

    private static List<CompletableFuture<List<Sent>>> submitters(Rig rig, int seed) {
        return IntStream.range(0, SUBMITTERS)
                .mapToObj(s -> CompletableFuture.supplyAsync(() -> submit(rig, seed, s)))
                .toList();
    }

    private static List<Sent> submit(Rig rig, int seed, int submitter) {
        Random random = new Random(31L * seed + submitter);
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < FRAMES_EACH; i++) {
            int number = submitter * FRAMES_EACH + i;
            Fate fate = OUTCOMES[random.nextInt(OUTCOMES.length)];
            sent.add(
                    new Sent(
                            number,
                            fate,
                            rig.submit(Pictures.record("camera-" + submitter, number, fate))));
        }
        return sent;
    }

    /** 1 if this frame starts a batch. */
    private static int checkedBatchStarts(Sent sent, End end) throws Exception {
        FrameOutcome outcome;
        try {
            outcome = Rig.outcome(sent.promise());
        } catch (CancellationException e) {
            assertThat(end).isEqualTo(End.CLOSE);
            return 0;
        } catch (ExecutionException e) {
            assertThat(end).isEqualTo(End.FAILURE);
            assertThat(e).hasCauseInstanceOf(ModelException.class);
            return 0;
        }
        assertThat(outcome.source().offset()).isEqualTo(sent.number());
        if (outcome instanceof FrameResult labeled) {
            assertThat(sent.fate()).isEqualTo(Fate.GOOD);
            assertThat(labeled.labels().get(0).index()).isEqualTo(Pictures.classOf(sent.number()));
            return Rig.isFirstOfBatch(sent.promise()) ? 1 : 0;
        }
        FailureCode expected =
                switch (sent.fate()) {
                    case NOT_FINITE -> FailureCode.RESULT_NOT_FINITE;
                    case CORRUPT -> FailureCode.IMAGE_CORRUPT;
                    default -> FailureCode.INTERNAL_ERROR;
                };
        assertThat(((FrameFailure) outcome).code()).isEqualTo(expected);
        return 0;
    }

    private static void assertEveryFrameInOneBatch(Rig rig, List<Sent> all, int batchStarts) {
        List<Integer> decodable =
                all.stream()
                        .filter(s -> s.fate() == Fate.GOOD || s.fate() == Fate.NOT_FINITE)
                        .map(Sent::number)
                        .toList();
        List<Integer> good =
                all.stream().filter(s -> s.fate() == Fate.GOOD).map(Sent::number).toList();
        assertThat(rig.model.batches.stream().flatMap(List::stream).toList())
                .containsExactlyInAnyOrderElementsOf(decodable);
        assertThat(rig.model.batches)
                .allMatch(batch -> batch.size() <= rig.options.engine().batching().maxSize());
        long withLabels =
                rig.model.batches.stream().filter(b -> b.stream().anyMatch(good::contains)).count();
        assertThat(batchStarts).isEqualTo((int) withLabels);
    }

    private static PipelineOptions randomOptions(Random random) {
        Duration delay =
                random.nextBoolean() ? Duration.ZERO : Duration.ofNanos(random.nextInt(300_000));
        return Rig.options(
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                new BatchPolicy(1 + random.nextInt(16), delay),
                new Labeling(1, 0));
    }
}

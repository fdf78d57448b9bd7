package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.decoding.fetch.FetchPolicy;
import dev.iresnet.decoding.fetch.Fetching;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.event.RawRecord;
import dev.iresnet.result.FrameOutcome;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks end and cancel their promises, and the engine lives on. */
@Timeout(60)
final class EngineCancelTest {
    private static final PipelineOptions OPTIONS = Rig.options(4);

    /** Frames of a task, of which only the garbage collector sees the records. */
    private static final class Task {
        final List<CompletableFuture<FrameOutcome>> promises = new ArrayList<>();
        final List<WeakReference<RawRecord>> records = new ArrayList<>();

        Task(InferencePipeline engine, String camera, int frames) {
            for (int i = 0; i < frames; i++) {
                RawRecord record = Pictures.record(camera, i, Pictures.Fate.GOOD);
                promises.add(engine.submit(record));
                records.add(new WeakReference<>(record));
            }
        }

        void end() {
            promises.forEach(promise -> promise.cancel(false));
            promises.clear();
        }

        long alive() {
            System.gc();
            return records.stream().filter(record -> record.get() != null).count();
        }
    }

    @Test
    void recordsOfEndedTasksDoNotStayWithBlockedDecoders() {
        FakeModel model = FakeModel.gated();
        try (Rig rig = new Rig(model, OPTIONS)) {
            Task onDevice = new Task(rig.frames, "door", 1);
            Condition.await("a batch on the device", model::isHolding);
            new Task(rig.frames, "door", OPTIONS.engine().crops()).end();
            List<Task> restarts = new ArrayList<>();
            for (int restart = 0; restart < 30; restart++) {
                Task task = new Task(rig.frames, "door", 128);
                restarts.add(task);
                task.end();
                assertThat(rig.frames.pending()).as("only what is on the device").isEqualTo(1);
            }

            // At most one is in each decoder's hands.
            Condition.await(
                    "records let go", () -> restarts.stream().mapToLong(Task::alive).sum() == 0);
            assertThat(onDevice.promises.get(0)).isNotDone();
        }
    }

    @Test
    void decodedFramesOfEndedTasksGiveTheirCropsBack() throws Exception {
        FakeModel model = FakeModel.gated();
        try (Rig rig = new Rig(model, OPTIONS)) {
            List<CompletableFuture<FrameOutcome>> first = rig.submitAll(0, 1);
            Condition.await("a batch on the device", model::isHolding);
            Task task = new Task(rig.frames, "door", 100);
            rig.awaitAllCropsTaken();

            task.end();
            // That of the batch, and one for each idle decoder.
            Condition.await("crops given back", () -> rig.engine.crops().taken() == 1 + 2);
            Condition.await("records let go", () -> task.alive() == 0);
            List<CompletableFuture<FrameOutcome>> successor = rig.submitAll(200, 204);
            model.letAllPass();
            Rig.labeled(first.get(0));
            Rig.labeled(successor);
            assertThat(model.batches.stream().flatMap(List::stream))
                    .as("nothing is labelled for nobody")
                    .containsExactlyInAnyOrder(0, 200, 201, 202, 203);
        }
    }

    @Test
    void framesOfEndedTasksDoNotWaitForAStore() throws Exception {
        FakeStore store = new FakeStore();
        store.goDown("gate");
        FetchPolicy policy =
                new FetchPolicy(
                        2, 1 << 20, Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ZERO);
        Stages stages =
                new Stages(
                        Remote.READER,
                        new Fetching(store, policy),
                        new Pictures.ObedientCropper(),
                        FakeModel.open());
        try (InferencePipeline engine = InferencePipeline.start(stages, OPTIONS)) {
            Task task = new Task(engine, "gate", 100);
            Condition.await("all wait", () -> engine.fetching().waiting() >= 98);

            task.end();
            assertThat(engine.pending()).isZero();
            Condition.await("none waits", () -> engine.fetching().waiting() == 0);
            Condition.await("memory is free", () -> engine.fetching().memory() == 0);
            Condition.await("records let go", () -> task.alive() == 0);
        }
    }

    @Test
    void picturesThatCameForEndedTasksGiveTheirMemoryBackWhileDecodersAreBlocked() {
        FakeStore store = new FakeStore();
        FakeModel model = FakeModel.gated();
        FetchPolicy policy =
                new FetchPolicy(
                        2, 1 << 20, Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ZERO);
        PipelineOptions single = Rig.options(1, 1, 1);
        Stages stages =
                new Stages(
                        Remote.READER,
                        new Fetching(store, policy),
                        new Pictures.ObedientCropper(),
                        model);
        try (InferencePipeline engine = InferencePipeline.start(stages, single)) {
            store.hang("gate");
            Task task = new Task(engine, "gate", 2);
            Condition.await("both are read", () -> store.hanging("gate") == 2);
            Task door = new Task(engine, "door", 10);
            Condition.await(
                    "decoders blocked",
                    () -> engine.engine().crops().taken() == single.engine().crops());
            for (int i = 0; i < 2; i++) {
                store.put("gate", Pictures.record("gate", i, Pictures.Fate.GOOD));
            }
            store.letGo("gate");
            Condition.await(
                    "pictures wait for a decoder",
                    () -> engine.fetching().running() == 0 && engine.fetching().memory() > 0);

            task.end();
            assertThat(engine.fetching().memory()).isZero();
            assertThat(engine.pending()).isEqualTo(door.promises.size());
            model.letAllPass();
        }
    }
}

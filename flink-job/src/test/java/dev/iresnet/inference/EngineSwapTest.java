package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other versions of the model come while frames flow. */
@Timeout(60)
final class EngineSwapTest {
    private final Script script = new Script();

    /** Answers each question with the next that the test has put there, or with nothing new. */
    private static final class Script implements ModelSupply {
        final BlockingQueue<Callable<Model>> answers = new LinkedBlockingQueue<>();
        final AtomicInteger answered = new AtomicInteger();

        final List<Long> failed = new CopyOnWriteArrayList<>();

        volatile boolean waitsForRestart;

        @Override
        public boolean waitsForRestart() {
            return waitsForRestart;
        }

        @Override
        public void failed(ModelDescription version, RuntimeException reason) {
            failed.add(version.version());
        }

        @Override
        public Duration pause() {
            return Duration.ofMillis(1);
        }

        @Override
        public Optional<Model> next(ModelDescription current) throws IOException {
            Callable<Model> answer = answers.poll();
            if (answer == null) {
                return Optional.empty();
            }
            answered.incrementAndGet();
            try {
                return Optional.of(answer.call());
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Else it would serve another version than the engines of processes that start later. */
    @Test
    void anEngineThatCannotChangeToAVersionIsMadeAnewWhenItsJobRestarts() throws Exception {
        EngineRegistry<String> engines = new EngineRegistry<>();
        FakeModel old = FakeModel.open();
        var first = engines.acquire("job", () -> new Rig(old, Rig.options(4), script).frames);
        script.waitsForRestart = true;
        var second = engines.acquire("job", () -> new Rig(old, Rig.options(4)).frames);
        assertThat(second.pipeline()).as("while it is used").isSameAs(first.pipeline());
        first.close();
        second.close();
        FakeModel next = FakeModel.ofOtherSize(8);
        var third = engines.acquire("job", () -> new Rig(next, Rig.options(4)).frames);
        assertThat(third.pipeline().model().version()).isEqualTo(8);
        assertThat(old.closes).hasValue(1);
        third.close();
        assertThat(engines.acquire("job", () -> new Rig(old, Rig.options(4)).frames).pipeline())
                .as("kept otherwise")
                .isSameAs(third.pipeline());
        assertThat(engines.failures("job")).isZero();
        engines.closeAll();
    }

    @Test
    void eachResultNamesTheModelThatMadeIt() throws Exception {
        FakeModel old = FakeModel.gated();
        FakeModel next = FakeModel.version(8);
        try (Rig rig = new Rig(old, Rig.options(4), script)) {
            CompletableFuture<FrameOutcome> held = rig.submit(Pictures.record(0));
            Condition.await("a batch on the old model", old::isHolding);
            script.answers.add(() -> next);
            Condition.await("the swap", () -> rig.engine.modelSwaps() == 1);
            assertThat(old.closes).as("its batch is still out").hasValue(0);
            CompletableFuture<FrameOutcome> later = rig.submit(Pictures.record(1));
            old.letAllPass();

            assertThat(Rig.labeled(held).model().version()).isEqualTo(7);
            assertThat(Rig.labeled(later).model().version()).isEqualTo(8);
            assertThat(Rig.labeled(later).model().digest()).isEqualTo(next.description().digest());
            assertThat(old.closes).as("it may have to take its place again").hasValue(0);
            for (int i = 0; i < 256; i++) { // batches that a version proves itself with
                Rig.labeled(rig.submit(Pictures.record(i)));
            }
            Condition.await("the old model closed", () -> old.closes.get() == 1);
        }
        assertThat(next.closes).hasValue(1);
    }

    @Test
    void aVersionThatCannotBeUsedLeavesTheOldOneAtWork() throws Exception {
        try (Rig rig = new Rig(FakeModel.open(), Rig.options(4), script)) {
            FakeModel otherSize = FakeModel.ofOtherSize(9);
            script.answers.add(
                    () -> {
                        throw new ModelException("damaged");
                    });
            script.answers.add(() -> otherSize);
            script.answers.add(
                    () -> {
                        throw new IllegalStateException("a bug");
                    });
            script.answers.add(
                    () -> {
                        throw new OutOfMemoryError("of the heap, beside all those frames");
                    });
            Condition.await("four refusals", () -> rig.engine.modelRefusals() == 4);

            assertThat(otherSize.closes).hasValue(1);
            assertThat(rig.engine.modelSwaps()).isZero();
            assertThat(rig.frames.isUsable()).isTrue();
            assertThat(Rig.labeled(rig.submit(Pictures.record(3))).model().version()).isEqualTo(7);
        }
    }

    @Test
    void aVersionThatFailsWhileItLabelsGivesItsPlaceBackAndNothingIsLost() throws Exception {
        FakeModel old = FakeModel.open();
        FakeModel next = FakeModel.version(8);
        try (Rig rig = new Rig(old, Rig.options(4), script)) {
            script.answers.add(() -> next);
            Condition.await("the swap", () -> rig.engine.modelSwaps() == 1);
            assertThat(Rig.labeled(rig.submit(Pictures.record(0))).model().version()).isEqualTo(8);

            next.failWith(new ModelException("an operation is not implemented"));
            List<CompletableFuture<FrameOutcome>> promises = rig.submitAll(1, 100);
            for (CompletableFuture<FrameOutcome> promise : promises) {
                FrameResult labeled = Rig.labeled(promise);
                assertThat(labeled.model().version()).isEqualTo(7);
            }
            Condition.await("the refusal", () -> rig.engine.modelRefusals() == 1);
            assertThat(script.failed).containsExactly(8L);
            assertThat(rig.engine.model().version()).isEqualTo(7);
            assertThat(rig.frames.isUsable()).isTrue();
            Condition.await("the failed one closed", () -> next.closes.get() == 1);
        }
        assertThat(old.closes).hasValue(1);
    }

    @Test
    void aStoreThatSwallowsTheInterruptionDoesNotKeepTheEngineAlive() throws Exception {
        CompletableFuture<Thread> asking = new CompletableFuture<>();
        CountDownLatch hangs = new CountDownLatch(1);
        try (Rig rig = new Rig(FakeModel.open(), Rig.options(4), script)) {
            script.answers.add(
                    () -> {
                        asking.complete(Thread.currentThread());
                        try {
                            hangs.await();
                        } catch (InterruptedException e) {
                            // the flag is lost, as in some clients
                        }
                        throw new InterruptedIOException("read interrupted");
                    });
            Condition.await("a look", asking::isDone);
            assertThat(rig.frames.isUsable()).isTrue();
        }
        Condition.await("the thread's end", () -> !asking.join().isAlive());
    }

    @Test
    void aStoreThatIsDownIsAskedAgain() throws Exception {
        try (Rig rig = new Rig(FakeModel.open(), Rig.options(4), script)) {
            script.answers.add(
                    () -> {
                        throw new IOException("down");
                    });
            script.answers.add(() -> FakeModel.version(8));
            Condition.await("the swap", () -> rig.engine.modelSwaps() == 1);
            assertThat(rig.engine.modelRefusals()).isZero();
        }
    }

    @Test
    void nothingIsLostOverManySwaps() throws Exception {
        List<FakeModel> models = new ArrayList<>();
        FakeModel first = FakeModel.open();
        try (Rig rig = new Rig(first, Rig.options(4), script)) {
            List<CompletableFuture<FrameOutcome>> promises = new ArrayList<>();
            for (int swap = 0; swap < 200; swap++) {
                FakeModel next = FakeModel.version(8 + swap);
                models.add(next);
                script.answers.add(() -> next);
                promises.addAll(rig.submitAll(promises.size(), promises.size() + 10));
            }
            Condition.await("all swaps", () -> rig.engine.modelSwaps() == 200);
            for (int i = 0; i < promises.size(); i++) {
                FrameResult labeled = Rig.labeled(promises.get(i));
                assertThat(labeled.source().offset()).isEqualTo(i);
                assertThat(labeled.labels().get(0).index()).isEqualTo(Pictures.classOf(i));
            }
        }
        assertThat(first.closes).hasValue(1);
        assertThat(models).allSatisfy(model -> assertThat(model.closes).hasValue(1));
    }
}

package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.Condition;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.model.ModelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EngineRegistryTest {
    private final EngineRegistry<String> engines = new EngineRegistry<>();
    private final AtomicLong now = new AtomicLong();
    private final EngineRegistry<String> timed = new EngineRegistry<>(now::get);
    private final List<Rig> rigs = new ArrayList<>();
    private final ExecutorService slots = Executors.newCachedThreadPool();

    @AfterEach
    void closeAll() {
        engines.closeAll();
        timed.closeAll();
        slots.shutdownNow();
    }

    @Test
    void givesTheSameEngineForTheSameKeyOnly() throws Exception {
        InferencePipeline first = engines.acquire("model 1", this::create).pipeline();

        assertThat(engines.acquire("model 1", this::create).pipeline()).isSameAs(first);
        assertThat(engines.acquire("model 2", this::create).pipeline()).isNotSameAs(first);
        assertThat(rigs).hasSize(2);
    }

    @Test
    void slotsThatAskTogetherWaitForOneCreation() throws Exception {
        CountDownLatch creating = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Callable<InferencePipeline> slow =
                () -> {
                    creating.countDown();
                    mayGoOn.await();
                    return create();
                };
        List<Future<InferencePipeline>> asking = new ArrayList<>();
        asking.add(slots.submit(() -> engines.acquire("model", slow).pipeline()));
        creating.await();
        for (int i = 0; i < 7; i++) {
            asking.add(slots.submit(() -> engines.acquire("model", this::create).pipeline()));
        }
        // Other keys do not wait.
        engines.acquire("other", this::create).close();
        mayGoOn.countDown();

        InferencePipeline engine = asking.get(0).get(30, TimeUnit.SECONDS);
        for (Future<InferencePipeline> each : asking) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isSameAs(engine);
        }
    }

    @Test
    void aFailedCreationIsToldToAllAndTriedAgainByTheNext() throws Exception {
        CountDownLatch creating = new CountDownLatch(1);
        CountDownLatch mayFail = new CountDownLatch(1);
        ModelException failure = new ModelException("no such model");
        AtomicInteger calls = new AtomicInteger();
        Callable<InferencePipeline> failing =
                () -> {
                    calls.incrementAndGet();
                    creating.countDown();
                    mayFail.await();
                    throw failure;
                };
        Future<?> first = slots.submit(() -> engines.acquire("model", failing));
        creating.await();
        Thread[] waiter = new Thread[1];
        CountDownLatch started = new CountDownLatch(1);
        Future<?> second =
                slots.submit(
                        () -> {
                            waiter[0] = Thread.currentThread();
                            started.countDown();
                            return engines.acquire("model", failing);
                        });
        started.await();
        Condition.await("second slot waits", () -> waiter[0].getState() == Thread.State.WAITING);
        mayFail.countDown();

        for (Future<?> each : List.of(first, second)) {
            assertThatThrownBy(() -> each.get(30, TimeUnit.SECONDS)).hasRootCause(failure);
        }
        assertThat(calls).hasValue(1);
        assertThat(engines.acquire("model", this::create).pipeline().isUsable()).isTrue();
    }

    @Test
    void anEngineOutlivesItsLeases() throws Exception {
        EngineRegistry<String>.Lease lease = engines.acquire("model", this::create);
        InferencePipeline engine = lease.pipeline();
        lease.close();

        assertThat(engine.isUsable()).isTrue();
        assertThat(engines.acquire("model", this::create).pipeline()).isSameAs(engine);
    }

    @Test
    void aFailedEngineGoesWithItsLastLease() throws Exception {
        EngineRegistry<String>.Lease one = engines.acquire("model", this::create);
        EngineRegistry<String>.Lease two = engines.acquire("model", this::create);
        fail(rigs.get(0));

        one.close();
        one.close();
        assertThat(rigs.get(0).model.closes).hasValue(0);
        two.close();
        assertThat(rigs.get(0).model.closes).hasValue(1);
    }

    @Test
    void whoAsksForAFailedEngineGetsANewOneAfterTheOldIsClosed() throws Exception {
        EngineRegistry<String>.Lease old = engines.acquire("model", this::create);
        fail(rigs.get(0));

        InferencePipeline replacement =
                engines.acquire(
                                "model",
                                () -> {
                                    assertThat(rigs.get(0).model.closes).hasValue(1);
                                    return create();
                                })
                        .pipeline();

        assertThat(replacement.isUsable()).isTrue();
        // The last lease of the old one is not taken for one of the new.
        old.close();
        assertThat(engines.acquire("model", this::create).pipeline()).isSameAs(replacement);
        assertThat(replacement.isUsable()).isTrue();
    }

    @Test
    void aKeyWhoseEnginesFailAgainAndAgainGetsNoMore() throws Exception {
        for (int failures = 0; failures < 4; failures++) {
            var lease = timed.acquire("model", this::create);
            fail(rigs.get(failures));
            lease.close();
            now.addAndGet(Duration.ofMinutes(9).toNanos());
            assertThat(timed.failures("model")).isEqualTo(failures + 1);
            assertThat(timed.mayBeMadeAgain("model")).isEqualTo(failures < 3);
        }

        assertThatThrownBy(() -> timed.acquire("model", this::create))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("failed 4 times in a row")
                .hasMessageContaining("the device is on fire");
        assertThat(rigs).hasSize(4);
        timed.acquire("other", this::create).close();
    }

    @Test
    void failuresFarApartAreNoRow() throws Exception {
        for (int failures = 0; failures < 10; failures++) {
            var lease = timed.acquire("model", this::create);
            fail(rigs.get(failures));
            lease.close();
            now.addAndGet(Duration.ofMinutes(11).toNanos());
        }
        assertThat(timed.acquire("model", this::create).pipeline().isUsable()).isTrue();
        assertThat(timed.failures("model")).isEqualTo(10);
    }

    @Test
    void aNewEngineThatCannotBeMadeCountsAsAFailureAndTheFirstDoesNot() throws Exception {
        Callable<InferencePipeline> broken =
                () -> {
                    throw new ModelException("no memory on the device");
                };
        assertThatThrownBy(() -> timed.acquire("model", broken));
        assertThat(timed.mayBeMadeAgain("model")).as("it never worked").isFalse();

        var lease = timed.acquire("model", this::create);
        fail(rigs.get(0));
        lease.close();
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(timed.mayBeMadeAgain("model")).isTrue();
            assertThatThrownBy(() -> timed.acquire("model", broken))
                    .hasMessageContaining("no memory on the device");
        }
        assertThat(timed.mayBeMadeAgain("model")).isFalse();
    }

    @Test
    void anEngineThatWasClosedHasNotFailed() throws Exception {
        var lease = timed.acquire("model", this::create);
        rigs.get(0).frames.close();
        lease.close();
        assertThat(timed.failures("model")).isZero();
        assertThat(timed.acquire("model", this::create).pipeline().isUsable()).isTrue();
    }

    @Test
    void closeAllClosesWhatIsLeasedAndWhoAsksLaterStartsAnew() throws Exception {
        InferencePipeline leased = engines.acquire("model", this::create).pipeline();

        engines.closeAll();

        assertThat(leased.isUsable()).isFalse();
        assertThat(rigs.get(0).model.closes).hasValue(1);
        assertThat(engines.acquire("model", this::create).pipeline().isUsable()).isTrue();
    }

    @Test
    void closeAllDuringACreationClosesItsEngineToo() throws Exception {
        CountDownLatch creating = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Future<InferencePipeline> asking =
                slots.submit(
                        () ->
                                engines.acquire(
                                                "model",
                                                () -> {
                                                    creating.countDown();
                                                    mayGoOn.await();
                                                    return create();
                                                })
                                        .pipeline());
        creating.await();
        engines.closeAll();
        mayGoOn.countDown();

        assertThat(asking.get(30, TimeUnit.SECONDS).isUsable()).isFalse();
        assertThat(rigs.get(0).model.closes).hasValue(1);
    }

    @Test
    void whoIsInterruptedWhileWaitingGivesUpItsShare() throws Exception {
        CountDownLatch creating = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Future<EngineRegistry<String>.Lease> first =
                slots.submit(
                        () ->
                                engines.acquire(
                                        "model",
                                        () -> {
                                            creating.countDown();
                                            mayGoOn.await();
                                            return create();
                                        }));
        creating.await();
        CompletableFuture<Throwable> caught = new CompletableFuture<>();
        Thread second =
                new Thread(
                        () -> {
                            try {
                                engines.acquire("model", this::create);
                                caught.complete(new AssertionError("not interrupted"));
                            } catch (InterruptedException | ExecutionException e) {
                                caught.complete(e);
                            }
                        });
        second.start();
        second.interrupt();

        assertThat(caught.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        mayGoOn.countDown();
        EngineRegistry<String>.Lease only = first.get(30, TimeUnit.SECONDS);
        assertThat(only.pipeline().isUsable()).isTrue();
        fail(rigs.get(0));
        only.close();
        assertThat(rigs.get(0).model.closes).hasValue(1);
    }

    private synchronized InferencePipeline create() {
        Rig rig = new Rig(FakeModel.open(), Rig.options(2));
        rigs.add(rig);
        return rig.frames;
    }

    private static void fail(Rig rig) {
        rig.model.failWith(new ModelException("the device is on fire"));
        assertThatThrownBy(() -> Rig.outcome(rig.submit(Pictures.record(1))))
                .hasCauseInstanceOf(ModelException.class);
    }
}

package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.Condition;
import dev.iresnet.engine.DirectMemory;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.Host;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.result.FrameOutcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EngineCloseTest {

    @Test
    void closingUnderLoadCancelsEverythingWithoutWaitingForTheDevice() throws Exception {
        FakeModel model = FakeModel.gated();
        Rig rig = new Rig(model, Rig.options(4));
        List<CompletableFuture<FrameOutcome>> promises = rig.submitAll(0, 500);
        rig.awaitAllCropsTaken();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(rig.frames::close);

        // The device still holds its batch.
        promises.forEach(EngineCloseTest::assertCancelled);
        assertThat(model.closes).hasValue(0);
        model.letAllPass();
        closing.get(30, TimeUnit.SECONDS);
        assertThat(model.closes).hasValue(1);
        assertThat(rig.cropper.closes).hasValue(1);
        assertThat(rig.engine.crops().taken()).isZero();
        assertThat(rig.frames.pending()).isZero();
    }

    @Test
    void aSecondCloseDoesNothing() {
        FakeModel model = FakeModel.open();
        Rig rig = new Rig(model, Rig.options(4));

        rig.frames.close();
        rig.frames.close();

        assertThat(model.closes).hasValue(1);
        assertThat(rig.cropper.closes).hasValue(1);
    }

    @Test
    void afterCloseSubmitIsCancelledAtOnce() {
        Rig rig = new Rig(FakeModel.open(), Rig.options(4));
        rig.frames.close();

        CompletableFuture<FrameOutcome> promise = rig.submit(Pictures.record(1));

        assertThat(promise).isDone();
        assertCancelled(promise);
        assertThat(rig.frames.isUsable()).isFalse();
        assertThat(rig.frames.pending()).isZero();
    }

    @Test
    void leavesNoThread() throws Exception {
        Set<Thread> before = engineThreads();
        Rig rig = new Rig(FakeModel.open(), Rig.options(4));
        for (CompletableFuture<FrameOutcome> promise : rig.submitAll(0, 20)) {
            Rig.outcome(promise);
        }
        Set<Thread> during = engineThreads();
        during.removeAll(before);
        assertThat(during).hasSize(3).allMatch(Thread::isDaemon);

        rig.frames.close();

        assertThat(during).noneMatch(Thread::isAlive);
    }

    @Test
    void closesItsStagesIfItCannotBeMade() {
        FakeModel model = FakeModel.open();
        Pictures.ObedientCropper cropper = new Pictures.ObedientCropper();
        Host narrow =
                new Host(
                        Rig.CLOCKS,
                        Duration.ZERO,
                        Host.SYSTEM.halt(),
                        () -> new DirectMemory(1, 0));

        assertThatThrownBy(() -> start(model, cropper, narrow)).isInstanceOf(ModelException.class);

        assertThat(model.closes).hasValue(1);
        assertThat(cropper.closes).hasValue(1);
    }

    @Test
    void endsItsThreadsAndClosesItsStagesIfItsStartFailsHalfWay() {
        FakeModel model = FakeModel.open();
        AtomicInteger asked = new AtomicInteger();
        start(new AskedModel(model, asked, Integer.MAX_VALUE), new Pictures.ObedientCropper())
                .close();
        // it asks last when its threads run
        int last = asked.getAndSet(0);
        Pictures.ObedientCropper cropper = new Pictures.ObedientCropper();
        Set<Thread> before = engineThreads();

        assertThatThrownBy(() -> start(new AskedModel(model, asked, last), cropper))
                .hasMessage("made up");

        assertThat(model.closes).hasValue(2);
        assertThat(cropper.closes).hasValue(1);
        assertThat(before).containsAll(engineThreads());
    }

    private static InferencePipeline start(Model model, Preprocessor cropper) {
        return start(model, cropper, Rig.host(Rig.CLOCKS));
    }

    private static InferencePipeline start(Model model, Preprocessor cropper, Host host) {
        return InferencePipeline.start(
                new Stages(Pictures.READER, cropper, model),
                Rig.options(4),
                ModelSupply.NONE,
                host);
    }

    /** Fails when its starter asks for its description for the last time. */
    private record AskedModel(Model model, AtomicInteger asked, int last, Thread starter)
            implements Model {
        AskedModel(Model model, AtomicInteger asked, int last) {
            this(model, asked, last, Thread.currentThread());
        }

        @Override
        public ModelDescription description() {
            if (Thread.currentThread() == starter && asked.incrementAndGet() == last) {
                throw new IllegalStateException("made up");
            }
            return model.description();
        }

        @Override
        public List<Prediction> predict(List<Sample> samples) {
            return model.predict(samples);
        }

        @Override
        public void close() {
            model.close();
        }
    }

    @Test
    void doesNotFreeTheModelUnderARunningBatch() {
        FakeModel model = FakeModel.gated();
        Rig rig = new Rig(model, Rig.options(4), Rig.host(Rig.CLOCKS, Duration.ofMillis(1)));
        CompletableFuture<FrameOutcome> promise = rig.submit(Pictures.record(1));
        Condition.await("batch on the device", model::isHolding);

        rig.frames.close();

        assertCancelled(promise);
        assertThat(model.closes).hasValue(0);
        model.letAllPass();
        Condition.await("crop given back", () -> rig.engine.crops().taken() == 0);
    }

    @Test
    void decodersAndDeviceShareOneGrace() {
        FakeModel model = FakeModel.gated();
        AtomicLong now = new AtomicLong();
        Duration grace = Duration.ofHours(1);
        Host host = Rig.host(new Host.Clocks(now::get, InstantSource.fixed(Rig.NOW)), grace);
        StuckCropper cropper = new StuckCropper();
        InferencePipeline engine =
                InferencePipeline.start(
                        new Stages(Pictures.READER, cropper, model),
                        Rig.options(1),
                        ModelSupply.NONE,
                        host);
        CompletableFuture<FrameOutcome> onDevice = engine.submit(Pictures.record(1));
        Condition.await("a batch hangs", model::isHolding);
        cropper.stick = true;
        CompletableFuture<FrameOutcome> inDecoder = engine.submit(Pictures.record(2));
        Condition.await("a decoder hangs", () -> cropper.hangs);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(engine::close);
        Condition.await("it is closing", () -> !engine.isUsable());
        assertThat(closing).isNotDone();
        now.addAndGet(grace.toNanos());
        Condition.await("it is closed", closing::isDone);

        assertCancelled(onDevice);
        assertCancelled(inDecoder);
        assertThat(model.closes).hasValue(0);
        assertThat(cropper.closes).hasValue(0);
        cropper.stuck.countDown();
        model.letAllPass();
    }

    @Test
    void anInterruptedCloserStillClosesAndStaysInterrupted() {
        FakeModel model = FakeModel.open();
        Rig rig = new Rig(model, Rig.options(4));

        Thread.currentThread().interrupt();
        rig.frames.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(model.closes).hasValue(1);
    }

    /** Hangs when it is told to, and hears no interrupt. */
    private static final class StuckCropper implements Preprocessor {
        final CountDownLatch stuck = new CountDownLatch(1);
        final AtomicInteger closes = new AtomicInteger();
        volatile boolean stick;
        volatile boolean hangs;

        @Override
        public CropGeometry crop(EncodedImage image, ByteBuffer crop) {
            crop.put(0, (byte) 0);
            while (stick && stuck.getCount() > 0) {
                hangs = true;
                try {
                    stuck.await();
                } catch (InterruptedException e) {
                    // goes on hanging
                }
            }
            return CropGeometry.whole(Preprocessing.IMAGENET);
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }

    private static void assertCancelled(CompletableFuture<FrameOutcome> promise) {
        assertThatThrownBy(() -> Rig.outcome(promise)).isInstanceOf(CancellationException.class);
    }

    private static Set<Thread> engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("iresnet-"))
                .collect(Collectors.toSet());
    }
}

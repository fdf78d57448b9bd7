package dev.iresnet.engine;

import dev.iresnet.Condition;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.inference.Pictures;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gives 0.6 to the class that a crop of {@link Pictures} names, 0.1 to the others. */
public final class FakeModel implements Model {
    public static final List<String> LABELS = List.of("ant", "bee", "cat", "dog", "elk");
    public static final ModelDescription DESCRIPTION =
            new ModelDescription("fake", 7, "ab".repeat(32), LABELS, pixels(2));

    /** The numbers of the pictures in each batch, in the order of the batches' ends. */
    public final List<List<Integer>> batches = new CopyOnWriteArrayList<>();

    public final AtomicInteger closes = new AtomicInteger();

    private static final int OPEN = Integer.MAX_VALUE / 2;

    private final Semaphore gate;
    private final ModelDescription description;
    private volatile @Nullable Throwable failure;
    private volatile int rowsTooMany;
    private volatile int room = Integer.MAX_VALUE;
    private volatile AtomicLong clock = new AtomicLong();
    private volatile long nanosAFrame;

    private FakeModel(int permits, ModelDescription description) {
        this.gate = new Semaphore(permits);
        this.description = description;
    }

    /** Answers at once. */
    public static FakeModel open() {
        return new FakeModel(OPEN, DESCRIPTION);
    }

    /** Holds each batch until {@link #letPass} or {@link #letAllPass}. */
    public static FakeModel gated() {
        return new FakeModel(0, DESCRIPTION);
    }

    /** Answers at once, as another version. */
    public static FakeModel version(long version) {
        return new FakeModel(OPEN, described(version, DESCRIPTION.preprocessing()));
    }

    /** The same for crops of a pixel. */
    public static FakeModel ofOtherSize(long version) {
        return ofSide(version, 1);
    }

    /** The same for crops of so many pixels a side. */
    public static FakeModel ofSide(long version, int side) {
        return new FakeModel(OPEN, described(version, pixels(side)));
    }

    private static Preprocessing pixels(int side) {
        return new Preprocessing(
                side,
                side,
                Preprocessing.Resize.STRETCH,
                side,
                List.of(0f, 0f, 0f),
                List.of(1f, 1f, 1f));
    }

    private static ModelDescription described(long version, Preprocessing preprocessing) {
        return new ModelDescription("fake", version, "cd".repeat(32), LABELS, preprocessing);
    }

    public void letPass() {
        letPass(1);
    }

    public void letPass(int batches) {
        gate.release(batches);
    }

    public void letAllPass() {
        gate.release(OPEN);
    }

    /** Batches that stand at the gate. */
    public boolean isHolding() {
        return gate.hasQueuedThreads();
    }

    public void awaitBatches(int count) {
        Condition.await(count + " batches", () -> batches.size() >= count);
    }

    public void failWith(Throwable reason) {
        failure = reason;
    }

    /** From now on larger batches do not fit the device's memory. */
    public void fitAtMost(int frames) {
        room = frames;
    }

    /** From now on each frame of a batch moves the clock on. */
    public void spend(AtomicLong clock, long nanosAFrame) {
        this.clock = clock;
        this.nanosAFrame = nanosAFrame;
    }

    public void giveRowsTooMany(int count) {
        rowsTooMany = count;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public List<Prediction> predict(List<Sample> crops) {
        gate.acquireUninterruptibly();
        Throwable reason = failure;
        if (reason != null) {
            throw sneaky(reason);
        }
        if (crops.size() > room) {
            throw new DeviceMemoryException(
                    "A batch of %d does not fit".formatted(crops.size()),
                    new IllegalStateException("made up"));
        }
        clock.addAndGet(nanosAFrame * crops.size());
        int classes = LABELS.size();
        float[] scores = new float[(crops.size() + rowsTooMany) * classes];
        for (int row = 0; row < crops.size(); row++) {
            ByteBuffer crop = crops.get(row).pixels();
            for (int i = 0; i < classes; i++) {
                scores[row * classes + i] = i == Pictures.classIn(crop) ? 0.6f : 0.1f;
            }
            if (Pictures.fateIn(crop) == Pictures.Fate.NOT_FINITE) {
                scores[row * classes + classes - 1] = Float.NaN;
            }
        }
        batches.add(crops.stream().map(Sample::pixels).map(Pictures::numberIn).toList());
        return ClassScores.rows(scores, classes);
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }

    private static RuntimeException sneaky(Throwable reason) {
        if (reason instanceof Error error) {
            throw error;
        }
        return (RuntimeException) reason;
    }
}

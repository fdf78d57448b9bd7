package dev.iresnet.training;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClipRule;
import dev.iresnet.tensorflow.TensorMemory;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Makes what a step is fed with. */
public final class Batches {
    private final TrainingPlan plan;
    private final CropStore store;
    private final PictureOrder order;

    /** By index in the store, where only the head is trained. */
    private final Optional<List<float[]>> features;

    Batches(
            TrainingPlan plan,
            CropStore store,
            PictureOrder order,
            Optional<List<float[]>> features) {
        this.plan = plan;
        this.store = store;
        this.order = order;
        this.features = features;
    }

    /**
     * A step's batch.
     *
     * @param input pictures [N,H,W,3], clips [N,T,H,W,3] or features [N,1,1,C]
     * @param targets share of each class
     * @param mix share of each picture itself; the rest is of the one as far from the other end
     */
    record Batch(Tensor input, TFloat32 targets, float mix, int size) implements Learner.Batch {
        @Override
        public void close() {
            input.close();
            targets.close();
        }
    }

    Batch ofStep(long step) {
        List<Integer> pictures = order.ofStep(step);
        SplittableRandom random = plan.random(step);
        float mix =
                plan.variation().mixup() == 0 ? 1 : (float) beta(plan.variation().mixup(), random);
        Tensor input =
                features.isPresent()
                        ? features(pictures, features.get())
                        : varied(pictures, random);
        int classes = plan.network().architecture().classes();
        TFloat32 targets =
                targets(
                        pictures.stream().map(store::label).toList(),
                        classes,
                        plan.variation().smoothing(),
                        mix);
        return new Batch(input, targets, mix, pictures.size());
    }

    /** Of Beta(a, a), by Jöhnk's method. */
    private static double beta(double a, SplittableRandom random) {
        while (true) {
            double x = Math.pow(random.nextDouble(), 1 / a);
            double y = Math.pow(random.nextDouble(), 1 / a);
            if (x + y <= 1 && x + y > 0) {
                return x / (x + y);
            }
        }
    }

    /** As the network sees them when it is used. */
    public static TUint8 plain(CropStore store, List<Integer> pictures, Preprocessing rule) {
        return tensor(
                pictures.size(), rule, to -> pictures.forEach(index -> to.put(store.crop(index))));
    }

    /**
     * Clips of videos.
     *
     * @param index of a video in a store
     * @param frames of it, in order
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Clip(int index, int[] frames) {
        /** The clips of a video that are measured with, or the picture. */
        static List<Clip> all(int index, CropStore store, Optional<ClipRule> rule) {
            return store
                    .video(index)
                    .map(length -> rule.orElseThrow().clips(length.frames(), length.rate()))
                    .orElse(List.of(new int[] {0}))
                    .stream()
                    .map(frames -> new Clip(index, frames))
                    .toList();
        }
    }

    /** As the network sees them when it is used. */
    static TUint8 plain(CropStore store, List<Clip> clips, TrainingPlan plan) {
        return tensor(
                plan.inputs(clips.size()),
                to ->
                        clips.forEach(
                                clip -> {
                                    for (int frame : clip.frames) {
                                        to.put(store.crop(clip.index, frame));
                                    }
                                }));
    }

    private TUint8 varied(List<Integer> pictures, SplittableRandom random) {
        return tensor(
                plan.inputs(pictures.size()),
                to -> pictures.forEach(index -> vary(index, random.split(), to)));
    }

    /** All frames of a clip alike; where nothing is varied it is the one in the middle. */
    private void vary(int index, SplittableRandom random, ByteBuffer to) {
        Augmentation augmentation = plan.variation().augmentation();
        int[] frames =
                store.video(index)
                        .map(
                                length -> {
                                    boolean none = augmentation == Augmentation.NONE;
                                    double place = none ? 0.5 : random.nextDouble();
                                    return plan.clip()
                                            .orElseThrow()
                                            .clip(length.frames(), length.rate(), place);
                                })
                        .orElse(new int[] {0});
        Augmentation.View view =
                augmentation.view(plan.rule(), store.crop(index, frames[0]), random);
        for (int frame : frames) {
            view.put(store.crop(index, frame), to);
        }
    }

    /** Pictures [N,H,W,3] that are put into its memory one after the other. */
    public static TUint8 tensor(int count, Preprocessing rule, Consumer<ByteBuffer> fill) {
        return tensor(Shape.of(count, rule.height(), rule.width(), 3), fill);
    }

    private static TUint8 tensor(Shape shape, Consumer<ByteBuffer> fill) {
        TUint8 tensor = TUint8.tensorOf(shape);
        try {
            fill.accept(TensorMemory.of(tensor));
            return tensor;
        } catch (RuntimeException e) {
            tensor.close();
            throw e;
        }
    }

    static TFloat32 features(List<Integer> pictures, List<float[]> features) {
        int channels = features.get(pictures.get(0)).length;
        TFloat32 tensor = TFloat32.tensorOf(Shape.of(pictures.size(), 1, 1, channels));
        FloatBuffer values = TensorMemory.of(tensor).asFloatBuffer();
        pictures.forEach(index -> values.put(features.get(index)));
        return tensor;
    }

    /**
     * Shares of each class, [N,classes].
     *
     * @param labels of the batch's pictures
     * @param smoothing share that is spread evenly over all classes
     * @param mix share of each picture itself; the rest is of the one as far from the other end
     */
    static TFloat32 targets(List<Integer> labels, int classes, float smoothing, float mix) {
        TFloat32 tensor = TFloat32.tensorOf(Shape.of(labels.size(), classes));
        FloatBuffer values = TensorMemory.of(tensor).asFloatBuffer();
        for (int i = 0; i < labels.size(); i++) {
            int own = labels.get(i);
            int other = labels.get(labels.size() - 1 - i);
            for (int label = 0; label < classes; label++) {
                float share = (label == own ? mix : 0) + (label == other ? 1 - mix : 0);
                values.put(share * (1 - smoothing) + smoothing / classes);
            }
        }
        return tensor;
    }
}

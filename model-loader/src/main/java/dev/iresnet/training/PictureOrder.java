package dev.iresnet.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which pictures a step takes; follows from seed and step alone. An epoch is as many steps as there
 * are whole batches, one at least; in the order of a list the rest makes a smaller batch.
 */
public final class PictureOrder {
    private final List<Integer> pictures;
    private final List<List<Integer>> byClass;
    private final TrainingPlan plan;
    private final int batch;
    private long epoch = -1;
    private List<Integer> current = List.of();

    /**
     * @param pictures indexes in a store
     */
    public PictureOrder(CropStore store, List<Integer> pictures, TrainingPlan plan) {
        this.pictures = pictures;
        this.plan = plan;
        this.batch = batch(pictures.size(), plan.pace().batch());
        Map<Integer, List<Integer>> classes = new TreeMap<>();
        pictures.forEach(
                index ->
                        classes.computeIfAbsent(store.label(index), label -> new ArrayList<>())
                                .add(index));
        this.byClass = List.copyOf(classes.values());
    }

    private static int batch(int pictures, int wanted) {
        return Math.min(pictures, wanted);
    }

    /** The steps of so many pictures. */
    public static long stepsOfAnEpoch(int pictures, int batch, boolean ordered) {
        int size = batch(pictures, batch);
        return ordered ? (pictures + size - 1) / size : pictures / size;
    }

    /** The same of these pictures. */
    public long stepsOfAnEpoch() {
        return stepsOfAnEpoch(pictures.size(), batch, plan.variation().ordered());
    }

    /** Indexes in the store. */
    public List<Integer> ofStep(long step) {
        long wanted = step / stepsOfAnEpoch();
        if (wanted != epoch) {
            epoch = wanted;
            current = ofEpoch(wanted);
        }
        int from = Math.toIntExact(step % stepsOfAnEpoch()) * batch;
        return current.subList(from, Math.min(from + batch, current.size()));
    }

    private List<Integer> ofEpoch(long number) {
        if (plan.variation().ordered()) {
            return pictures;
        }
        SplittableRandom random = new SplittableRandom(plan.seed() * 1_000_003 + number);
        if (!plan.variation().balanced()) {
            List<Integer> shuffled = new ArrayList<>(pictures);
            for (int i = shuffled.size() - 1; i > 0; i--) {
                Collections.swap(shuffled, i, random.nextInt(i + 1));
            }
            return shuffled;
        }
        return IntStream.range(0, pictures.size())
                .mapToObj(i -> byClass.get(random.nextInt(byClass.size())))
                .map(some -> some.get(random.nextInt(some.size())))
                .toList();
    }
}

package dev.iresnet.zoo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What makes a network for pictures one for clips: how far its kernels see along the frames, and
 * where it leaves frames out. Along rows and columns nothing changes. A kernel that sees one frame
 * is flat.
 *
 * @param stem frames that the stem's convolution sees, odd; it keeps their number
 * @param pool frames that the stem's max-pool sees, odd; 1 where it has none
 * @param poolStride of that pool; 1 where it has none
 * @param stages for each stage
 */
public record Temporal(int stem, int pool, int poolStride, List<Part> stages) {
    private static final int LARGEST = 63;

    public Temporal {
        stages = List.copyOf(stages);
        odd("frames of the stem", stem);
        odd("frames of the stem's pool", pool);
        Checks.range("stride of the stem's pool", poolStride, 1, LARGEST);
    }

    /**
     * A stage.
     *
     * @param first frames that a bottleneck's first convolution sees, odd; 1 of basic blocks
     * @param middle frames that the 3x3 convolutions see, odd
     * @param stride of the stage's first block
     */
    public record Part(int first, int middle, int stride) {
        public Part {
            odd("frames of a stage's first convolutions", first);
            odd("frames of a stage's 3x3 convolutions", middle);
            Checks.range("stride of a stage along frames", stride, 1, LARGEST);
        }

        /** The same for another stride. */
        Part strided(int by) {
            return new Part(first, middle, by);
        }
    }

    private static void odd(String what, int frames) {
        Checks.range(what, frames, 1, LARGEST);
        if (frames % 2 == 0) {
            throw new IllegalArgumentException(what + " must be an odd number, got " + frames);
        }
    }

    /** Sees and shrinks along frames as along rows. */
    static Temporal cubic(Stem.Form form, int stages) {
        return usual(form, form.side(), Collections.nCopies(stages, new Part(1, 3, 1)));
    }

    /**
     * With the strides and the pool that such networks usually have: those along rows, but that no
     * frame is left out where a kernel sees only one.
     *
     * @param kernels of the stages, whatever their strides
     */
    public static Temporal usual(Stem.Form form, int stem, List<Part> kernels) {
        boolean pools = form.isPooled() && stem > 1;
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < kernels.size(); i++) {
            Part part = kernels.get(i);
            parts.add(part.strided(part.middle() > 1 ? form.stride(i) : 1));
        }
        return new Temporal(stem, pools ? 3 : 1, pools ? 2 : 1, parts);
    }

    /**
     * The same with other strides.
     *
     * @param strides one a stage; the first is the stem pool's where there is one
     */
    Temporal withStrides(boolean pools, List<Integer> strides) {
        if (strides.size() != stages.size()) {
            throw new IllegalArgumentException(
                    "temporal strides must be %d numbers, one a stage, got %s"
                            .formatted(stages.size(), strides));
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < strides.size(); i++) {
            parts.add(stages.get(i).strided(pools && i == 0 ? 1 : strides.get(i)));
        }
        return new Temporal(stem, pool, pools ? strides.get(0) : 1, parts);
    }

    /** One a stage, as {@link #withStrides} takes them. */
    public List<Integer> strides() {
        List<Integer> strides = new ArrayList<>(stages.stream().map(Part::stride).toList());
        strides.set(0, Math.max(strides.get(0), poolStride));
        return List.copyOf(strides);
    }
}

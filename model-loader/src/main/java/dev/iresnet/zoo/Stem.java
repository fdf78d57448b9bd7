package dev.iresnet.zoo;

import static dev.iresnet.zoo.Window.cube;
import static dev.iresnet.zoo.Window.square;

/**
 * What stands before the first stage.
 *
 * @param form kernel, stride and pool
 * @param width filters
 */
public record Stem(Form form, int width) {

    public Stem {
        Checks.range("width of the stem", width, 1, 1 << 16);
    }

    /**
     * A convolution, BN, ReLU and perhaps a max-pool of stride 2, and by how much the first stage
     * shrinks the signal. The later stages halve it.
     */
    @SuppressWarnings("ImmutableEnumChecker") // windows are records of numbers
    public enum Form {
        /** 7x7 stride 2, then a 3x3 max-pool of stride 2; stage 1 keeps the size. */
        IMAGENET_POOLED(square(7), square(2), true, square(1)),
        /** 7x7 stride 2; stage 1 halves the size, so that all pooling is done by shortcuts. */
        IMAGENET(square(7), square(2), false, square(2)),
        /** 3x3 stride 1; stage 1 keeps the size (He et al.'s CIFAR layout). */
        CIFAR(square(3), square(1), false, square(1)),
        /** For clips, as IMAGENET_POOLED: 7x7x7 that keeps all frames; pool and stages halve. */
        CLIP_POOLED(cube(7), square(2), true, cube(1)),
        /** For clips, as IMAGENET: 7x7x7 that keeps all frames; every stage halves their number. */
        CLIP(cube(7), square(2), false, cube(2)),
        /** Torchvision's r3d_18: 3x7x7 without a pool, though stage 1 keeps the size. */
        R3D(new Window(3, 7, 7), square(2), false, cube(1));

        private final Window kernel;
        private final Window stride;
        private final boolean pooled;
        private final Window firstStage;

        Form(Window kernel, Window stride, boolean pooled, Window firstStage) {
            this.kernel = kernel;
            this.stride = stride;
            this.pooled = pooled;
            this.firstStage = firstStage;
        }

        /** Whether the input has frames: [N,T,H,W,3] and not [N,H,W,3]. */
        public boolean takesClips() {
            return kernel.t() > 1;
        }

        Convolution convolution(int filters) {
            return Convolution.plain(kernel, filters, stride);
        }

        boolean isPooled() {
            return pooled;
        }

        /** Of the convolutions that look around, and of every pool. */
        Window kernel() {
            return takesClips() ? cube(3) : square(3);
        }

        /** Of the stem's pool, and of every stage but the first. */
        Window halving() {
            return takesClips() ? cube(2) : square(2);
        }

        /** Of a stage's first block. */
        Window stride(int stage) {
            return stage == 0 ? firstStage : halving();
        }
    }
}

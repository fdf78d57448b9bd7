package dev.iresnet.zoo;

/**
 * What stands before the first stage. Sizes and strides are those along rows and columns; along the
 * frames of a clip {@link Temporal} has them.
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
    public enum Form {
        /** 7x7 stride 2, then a 3x3 max-pool of stride 2; stage 1 keeps the size. */
        IMAGENET_POOLED(7, 2, true, 1),
        /** 7x7 stride 2; stage 1 halves the size, so that all pooling is done by shortcuts. */
        IMAGENET(7, 2, false, 2),
        /** 3x3 stride 1; stage 1 keeps the size (He et al.'s CIFAR layout). */
        CIFAR(3, 1, false, 1),
        /** 7x7 stride 2 without a pool, though stage 1 keeps the size: torchvision's for clips. */
        UNPOOLED(7, 2, false, 1);

        private final int side;
        private final int stride;
        private final boolean pooled;
        private final int firstStage;

        Form(int side, int stride, boolean pooled, int firstStage) {
            this.side = side;
            this.stride = stride;
            this.pooled = pooled;
            this.firstStage = firstStage;
        }

        /** Rows and columns of the convolution's kernel. */
        int side() {
            return side;
        }

        /** Of the convolution. */
        int stride() {
            return stride;
        }

        boolean isPooled() {
            return pooled;
        }

        /** Of a stage's first block. */
        int stride(int stage) {
            return stage == 0 ? firstStage : 2;
        }
    }
}

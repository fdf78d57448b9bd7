package dev.iresnet.zoo;

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

    /** A convolution, BN, ReLU and perhaps a pool, and by how much the first stage shrinks. */
    public enum Form {
        /** 7x7 stride 2, then a 3x3 max-pool of stride 2; stage 1 keeps the size. */
        IMAGENET_POOLED(7, 2, true, 1),
        /** 7x7 stride 2; stage 1 halves the size, so that all pooling is done by shortcuts. */
        IMAGENET(7, 2, false, 2),
        /** 3x3 stride 1; stage 1 keeps the size (He et al.'s CIFAR layout). */
        CIFAR(3, 1, false, 1);

        final int kernel;
        final int stride;
        final boolean pooled;
        final int firstStageStride;

        Form(int kernel, int stride, boolean pooled, int firstStageStride) {
            this.kernel = kernel;
            this.stride = stride;
            this.pooled = pooled;
            this.firstStageStride = firstStageStride;
        }
    }
}

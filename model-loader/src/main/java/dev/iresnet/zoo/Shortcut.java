package dev.iresnet.zoo;

/** How a shortcut halves the size. */
public enum Shortcut {
    /** 1x1 convolution of stride 2: never looks at three quarters of the activations. */
    STRIDED,
    /** 3x3 max-pool of stride 2, then a 1x1 convolution (section 3.2): looks at all of them. */
    POOLED
}

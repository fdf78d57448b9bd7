package dev.iresnet.zoo;

/** Where norms and ReLUs stand around the convolutions of a block and its sum. */
public enum BlockOrder {
    /** The original ResNet: BN and ReLU after each convolution, ReLU after the sum. */
    POST_ACTIVATION,
    /**
     * ResStage (section 3.1): a stage is Start, Middles, End; inside it nothing but sums stands on
     * the main path, at its end BN and ReLU over the whole signal.
     */
    STAGED,
    /**
     * He et al. 2016: BN and ReLU before each convolution, nothing after the sum. A projection
     * takes the raw signal, so that the main path holds no non-linearity (figure 1b of the paper).
     */
    PRE_ACTIVATION,
    /** As He's published code: a projection takes the activated signal ("both_preact"). */
    BOTH_PRE_ACTIVATION;

    boolean activatesFirst() {
        return this == PRE_ACTIVATION || this == BOTH_PRE_ACTIVATION;
    }
}

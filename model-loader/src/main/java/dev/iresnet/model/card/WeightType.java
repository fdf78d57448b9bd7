package dev.iresnet.model.card;

/** How the weights of convolutions and dense layers are stored; those of norms are float32. */
public enum WeightType {
    /** As they are. */
    FLOAT32,
    /**
     * A byte each: a whole number of -127 to 127 times a scale, which is that of a filter's largest
     * weight. A quarter of the size; the network computes in float32 all the same.
     */
    INT8
}

package dev.iresnet.zoo;

/**
 * What the shortcut of a stage's second block carries in the staged families. The same weights give
 * quite different outputs under the other form, and nothing in a checkpoint tells which it wants.
 */
public enum ReluForm {
    /**
     * The shortcut is relu(x): the authors' lone ReLU works in place on the tensor that is also the
     * shortcut. All weights that they published need this.
     */
    AUTHORS,
    /** The shortcut is x, as the paper draws it. */
    PAPER
}

package dev.iresnet.model.loading;

/**
 * How much a block adds to the signal that passes it: root mean square of residual and shortcut
 * over all values of the pictures that were run.
 *
 * @param stage from 1
 * @param block from 0, within the stage
 * @param residual what the block adds
 * @param shortcut what it is added to
 */
public record BlockStrength(int stage, int block, double residual, double shortcut) {

    /** Norm of the residual over norm of the shortcut. */
    public double ratio() {
        return residual / shortcut;
    }

    /** As in the graph and in the authors' checkpoints, for example {@code layer2.0}. */
    public String name() {
        return name(stage, block);
    }

    static String name(int stage, int block) {
        return "layer" + stage + "." + block;
    }
}

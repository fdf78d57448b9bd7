package dev.iresnet.training;

/** How the learning rate changes over the steps. */
public enum Schedule {
    CONSTANT,
    /** Falls along half a wave: (1 + cos(pi s / S)) / 2 at step s of S, from 0. */
    COSINE,
    /** A tenth from half of the steps on, a hundredth from three quarters on. */
    STEP,
    /** Of SSD300 by NVIDIA: a tenth from epoch 43 of 65 on, a hundredth from epoch 54 on. */
    SSD;

    private double share(long step, long steps) {
        return switch (this) {
            case CONSTANT -> 1;
            case COSINE -> (1 + Math.cos(Math.PI * step / steps)) / 2;
            case SSD -> 65 * step < 43 * steps ? 1 : 65 * step < 54 * steps ? 0.1 : 0.01;
            case STEP -> 4 * step < 2 * steps ? 1 : 4 * step < 3 * steps ? 0.1 : 0.01;
        };
    }

    /**
     * The learning rate of a step.
     *
     * @param step from 0
     * @param warmup steps over which the rate rises in proportion; 0 for none
     */
    double rate(double base, long step, long steps, long warmup) {
        double risen = warmup == 0 ? 1 : Math.min(1, (step + 1.0) / warmup);
        return base * risen * share(step, steps);
    }
}

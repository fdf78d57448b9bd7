package dev.iresnet.benchmark.stat;

/** Whether a target is met. */
public enum Verdict {
    PASS,
    FAIL,
    /** The rounds differ by more than the target is away. */
    INCONCLUSIVE,
    /** It was not asked for, or could not be measured. */
    NOT_MEASURED,
    /** The CPU lacks the instructions that the figure's precision needs. */
    NOT_ON_THIS_CPU
}

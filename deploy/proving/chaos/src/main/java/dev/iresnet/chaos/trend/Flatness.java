package dev.iresnet.chaos.trend;

/** What was found of a figure over time. */
public enum Flatness {
    /** What it grows by is within the allowance, and noise does not hide much more. */
    FLAT,
    /** It grows by more than the allowance, and noise does not explain it. */
    GROWS,
    /** Too few points, or so much noise that a growth could hide in it. */
    UNCLEAR
}

package dev.iresnet.model;

/**
 * What a network for clips takes. Part of the model, see {@code model.json}.
 *
 * @param frames of a clip, 1..{@value #MOST}
 */
public record ClipRule(int frames) {
    /** Most frames that a clip can have. */
    public static final int MOST = 1024;

    /** As most networks for clips are trained. */
    public static final ClipRule USUAL = new ClipRule(16);

    public ClipRule {
        if (frames < 1 || frames > MOST) {
            throw new IllegalArgumentException(
                    "a clip must have 1..%d frames, got %d".formatted(MOST, frames));
        }
    }
}

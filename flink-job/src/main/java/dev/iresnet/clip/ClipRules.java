package dev.iresnet.clip;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.file.Sha256;
import java.time.Duration;
import java.util.List;

/**
 * Which frames of a camera make its clips.
 *
 * @param length frames of a clip, 1 or more
 * @param stride from a frame that is taken to the next, 1 or more: by frame numbers where both have
 *     one, else by count. 1 takes every frame
 * @param strideTime zero, or the time of capture from a frame that is taken to the next at least;
 *     the stride by count does not matter then
 * @param step taken frames from a clip's first to the next clip's first, 1 or more. Less than the
 *     length makes clips that share frames, more leaves frames out between them
 * @param maxGap between the times of capture of two frames of a clip that follow each other; more
 *     begins a new clip
 * @param missing what a frame that is known to be missing does
 */
public record ClipRules(
        int length,
        int stride,
        Duration strideTime,
        int step,
        Duration maxGap,
        MissingFrames missing) {
    public ClipRules {
        if (length < 1 || stride < 1 || step < 1) {
            throw new IllegalArgumentException(
                    "a clip's length, stride and step must be 1 or more, got %d, %d and %d"
                            .formatted(length, stride, step));
        }
        if (strideTime.isNegative() || maxGap.isNegative() || maxGap.isZero()) {
            throw new IllegalArgumentException(
                    "clip.stride-time must be 0 or more and clip.max-gap more than 0, got %s and %s"
                            .formatted(strideTime, maxGap));
        }
    }

    /**
     * Tells apart what must not be mixed in a clip: other crops and other rules.
     *
     * @param crops the digest of how they are made
     * @return SHA-256, 64 lower-case hex digits
     */
    public String digest(String crops) {
        List<Object> parts =
                List.of(
                        crops,
                        length,
                        stride,
                        strideTime.toNanos(),
                        step,
                        maxGap.toNanos(),
                        missing.name());
        return Sha256.of(parts.toString().getBytes(UTF_8));
    }
}

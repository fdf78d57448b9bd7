package dev.iresnet.local.options;

import dev.iresnet.local.process.LocalException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is fed to the job.
 *
 * @param count frames in all; 0 for no feed
 * @param cameras frames are dealt to them in turn
 * @param perSecond frames a second over all cameras; 0 for as many as the broker takes
 * @param frames pictures; names of sub-directories that are labels are the truth
 * @param made whether clips are made of these pictures, which are photographs
 * @param manifest where to write what was sent; empty for a temporary file
 */
public record FeedOptions(
        int count,
        int cameras,
        double perSecond,
        Path frames,
        boolean made,
        Optional<Path> manifest) {

    public FeedOptions {
        if (count < 0) {
            throw new LocalException("--count must be 0 or more, got " + count);
        }
        if (cameras < 1 || cameras > 10_000) {
            throw new LocalException("--cameras must be 1..10000, got " + cameras);
        }
        if (!(perSecond >= 0 && perSecond <= 1_000_000)) {
            throw new LocalException("--rate must be 0..1000000, got " + perSecond);
        }
    }
}

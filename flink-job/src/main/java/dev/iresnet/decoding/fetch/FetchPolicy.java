package dev.iresnet.decoding.fetch;

import java.io.Serializable;
import java.time.Duration;

/**
 * How pictures are fetched that events refer to.
 *
 * @param concurrency reads at the same time at most; 0 where nothing is fetched. As many threads
 *     again may be lost to reads that hang.
 * @param memory bytes of pictures that are being read or wait for a decoder, at most; a single
 *     picture that is larger is read when there is no other
 * @param timeout of one attempt
 * @param longestPause between two attempts
 * @param giveUpAfter how long a picture is waited for that its store does not give; zero for ever
 */
public record FetchPolicy(
        int concurrency, long memory, Duration timeout, Duration longestPause, Duration giveUpAfter)
        implements Serializable {
    /** Fetches nothing. */
    public static final FetchPolicy NONE =
            new FetchPolicy(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public FetchPolicy {
        if (concurrency < 0 || memory < 0) {
            throw new IllegalArgumentException(
                    "references.concurrency and references.max-memory must be 0 or more, got "
                            + concurrency
                            + " and "
                            + memory);
        }
        if (timeout.isNegative() || longestPause.isNegative() || giveUpAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "references.timeout, max-pause and patience must be 0 or more, got %s, %s, %s"
                            .formatted(timeout, longestPause, giveUpAfter));
        }
    }
}

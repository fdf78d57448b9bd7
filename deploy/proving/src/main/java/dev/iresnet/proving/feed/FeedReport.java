package dev.iresnet.proving.feed;

import java.time.Duration;

/**
 * How a feed went.
 *
 * @param frames acknowledged
 * @param took from the first frame's time to the last acknowledgement
 * @param mostBehind longest time by which a frame was given to the producer after it was due: what
 *     the feed itself, or a broker that took no more, adds to the latencies
 */
public record FeedReport(long frames, Duration took, Duration mostBehind) {}

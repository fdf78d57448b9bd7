package dev.iresnet.result;

/**
 * Where a frame's time went, nanoseconds. Steps that a frame did not reach are 0.
 *
 * @param queue from submit to a decoder thread's taking it
 * @param fetch from there to a decoder's having the picture, if the event only refers to it; else 0
 * @param decode event and picture to crop, without the fetch
 * @param batchWait from crop to the forming of its batch
 * @param inference of its batch, the gathering of its crops included
 * @param batchSize frames in its batch
 */
public record Timings(
        long queue, long fetch, long decode, long batchWait, long inference, int batchSize) {}

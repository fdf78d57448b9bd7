package dev.iresnet.serving;

import dev.iresnet.serving.batch.ReadyQueue;
import java.util.concurrent.BlockingDeque;

/**
 * The queues between an engine's threads.
 *
 * @param submitted records, and before them frames whose pictures were fetched; as many as callers
 *     have under way
 * @param crops bounds the frames between decoder and device
 * @param ready decoded frames
 * @param pending all promises, wherever their frames are
 */
record Flow(
        BlockingDeque<Work> submitted,
        CropPool crops,
        ReadyQueue<ReadyFrame> ready,
        Pending pending) {}

package dev.iresnet.serving;

import java.util.concurrent.BlockingQueue;

/**
 * The queues between an engine's threads.
 *
 * @param submitted records; as many as callers have under way
 * @param crops bounds the frames between decoder and device
 * @param ready decoded frames
 * @param pending all promises, wherever their frames are
 */
record Flow(
        BlockingQueue<Request> submitted,
        CropPool crops,
        ReadyQueue<ReadyFrame> ready,
        Pending pending) {}

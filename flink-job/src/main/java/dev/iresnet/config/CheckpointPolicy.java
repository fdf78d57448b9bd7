package dev.iresnet.config;

import java.time.Duration;

/**
 * When checkpoints are taken.
 *
 * @param interval from one's beginning to the next one's
 * @param timeout after which one counts as failed
 */
public record CheckpointPolicy(Duration interval, Duration timeout) {}

package dev.iresnet.proving.verify;

/**
 * The usual quantiles of some times.
 *
 * @param p50 milliseconds
 * @param p95 milliseconds
 * @param p99 milliseconds
 */
public record Quantiles(double p50, double p95, double p99) {}

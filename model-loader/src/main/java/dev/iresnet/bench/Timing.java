package dev.iresnet.bench;

import dev.iresnet.model.Precision;

/**
 * How long calls of one batch size took.
 *
 * @param precision of the arithmetic
 * @param batch pictures a call
 * @param imagesPerSecond over the whole time
 * @param ms median time of a call, milliseconds
 * @param p95Ms time that 95 of 100 calls stay within, milliseconds
 */
record Timing(Precision precision, int batch, double imagesPerSecond, double ms, double p95Ms) {}

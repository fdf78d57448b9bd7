/**
 * The engine inside Flink: the operator that keeps a bounded number of frames in flight, the types
 * of its elements, and its metrics.
 */
@NullMarked
package dev.iresnet.operator;

import org.jspecify.annotations.NullMarked;

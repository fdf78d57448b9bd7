/**
 * Which device a task manager computes on: what the configuration wants and what Flink assigns
 * become options of TensorFlow, and whether it took them is looked at before the first frame.
 */
@NullMarked
package dev.iresnet.placement;

import org.jspecify.annotations.NullMarked;

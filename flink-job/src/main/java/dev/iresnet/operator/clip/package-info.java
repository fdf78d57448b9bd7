/** Clips in Flink: operators, elements and state. */
@NullMarked
package dev.iresnet.operator.clip;

import org.jspecify.annotations.NullMarked;

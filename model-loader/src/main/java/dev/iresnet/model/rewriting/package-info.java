/** Graphs made faster: norms folded, operations fused, types narrowed. */
@NullMarked
package dev.iresnet.model.rewriting;

import org.jspecify.annotations.NullMarked;

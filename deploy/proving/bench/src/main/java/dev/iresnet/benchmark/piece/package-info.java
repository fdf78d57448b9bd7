/** Pieces of the product, measured alone. */
@NullMarked
package dev.iresnet.benchmark.piece;

import org.jspecify.annotations.NullMarked;

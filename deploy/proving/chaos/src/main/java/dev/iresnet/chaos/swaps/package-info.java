/** Versions of a model that come and go, broken ones among them, while frames flow. */
@NullMarked
package dev.iresnet.chaos.swaps;

import org.jspecify.annotations.NullMarked;

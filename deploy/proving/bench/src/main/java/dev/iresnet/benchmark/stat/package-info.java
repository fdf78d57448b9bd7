/** What rounds say: medians, how sure they are, and whether a target is met. Free of all others. */
@NullMarked
package dev.iresnet.benchmark.stat;

import org.jspecify.annotations.NullMarked;

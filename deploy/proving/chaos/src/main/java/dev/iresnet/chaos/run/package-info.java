/** A run, from nothing to its report. */
@NullMarked
package dev.iresnet.chaos.run;

import org.jspecify.annotations.NullMarked;

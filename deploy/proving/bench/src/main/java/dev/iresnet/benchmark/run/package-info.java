/** The command, and its report. */
@NullMarked
package dev.iresnet.benchmark.run;

import org.jspecify.annotations.NullMarked;

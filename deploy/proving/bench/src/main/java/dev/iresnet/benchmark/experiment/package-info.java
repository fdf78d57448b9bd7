/** How each figure is come by. */
@NullMarked
package dev.iresnet.benchmark.experiment;

import org.jspecify.annotations.NullMarked;

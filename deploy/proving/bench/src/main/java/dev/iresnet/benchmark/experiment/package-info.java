/** How each figure is measured. */
@NullMarked
package dev.iresnet.benchmark.experiment;

import org.jspecify.annotations.NullMarked;

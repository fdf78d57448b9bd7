/** How right a model is on pictures whose labels are known. Free of TensorFlow. */
@NullMarked
package dev.iresnet.evaluation;

import org.jspecify.annotations.NullMarked;

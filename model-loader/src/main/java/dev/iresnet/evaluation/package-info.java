/** How often a model is right on pictures whose labels are known. Does not use TensorFlow. */
@NullMarked
package dev.iresnet.evaluation;

import org.jspecify.annotations.NullMarked;

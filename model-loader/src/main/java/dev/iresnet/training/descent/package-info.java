/** Networks that learn by gradient descent: what a step does, and the weights that it changes. */
@NullMarked
package dev.iresnet.training.descent;

import org.jspecify.annotations.NullMarked;

/** Settings that all TensorFlow sessions of a process share. */
@NullMarked
package dev.iresnet.tensorflow;

import org.jspecify.annotations.NullMarked;

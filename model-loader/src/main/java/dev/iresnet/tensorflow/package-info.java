/** What all TensorFlow sessions of a process have to agree on. */
@NullMarked
package dev.iresnet.tensorflow;

import org.jspecify.annotations.NullMarked;

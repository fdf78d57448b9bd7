/**
 * SavedModel directories: written from a network and its weights, checked, loaded, run. TensorFlow
 * is known here and in no room above.
 */
@NullMarked
package dev.iresnet.model;

import org.jspecify.annotations.NullMarked;

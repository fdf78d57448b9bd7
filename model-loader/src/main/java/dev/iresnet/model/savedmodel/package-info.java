/**
 * SavedModels, read and checked without native code; only {@code VariableFile} and {@code
 * FrozenGraph}, which read the weights, run TensorFlow.
 */
@NullMarked
package dev.iresnet.model.savedmodel;

import org.jspecify.annotations.NullMarked;

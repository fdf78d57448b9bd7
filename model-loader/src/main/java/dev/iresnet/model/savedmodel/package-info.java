/** SavedModels, read and checked without native code. */
@NullMarked
package dev.iresnet.model.savedmodel;

import org.jspecify.annotations.NullMarked;

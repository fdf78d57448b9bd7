/** SavedModels that other programs wrote. */
@NullMarked
package dev.iresnet.model.foreign;

import org.jspecify.annotations.NullMarked;

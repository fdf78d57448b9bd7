/** Models loaded for serving, and as they were written, for comparison. */
@NullMarked
package dev.iresnet.model.loading;

import org.jspecify.annotations.NullMarked;

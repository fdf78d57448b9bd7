/** Frames in, and answers out as a consumer sees them. */
@NullMarked
package dev.iresnet.chaos.load;

import org.jspecify.annotations.NullMarked;

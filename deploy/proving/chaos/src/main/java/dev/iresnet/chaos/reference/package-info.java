/** The right answer to each frame, found apart from the job. */
@NullMarked
package dev.iresnet.chaos.reference;

import org.jspecify.annotations.NullMarked;

/** A soak: the job under load for a long while, and whether anything grows. */
@NullMarked
package dev.iresnet.chaos.soak;

import org.jspecify.annotations.NullMarked;

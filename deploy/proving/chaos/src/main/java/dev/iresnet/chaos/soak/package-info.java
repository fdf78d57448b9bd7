/** A job under load for a long time, and whether anything grows. */
@NullMarked
package dev.iresnet.chaos.soak;

import org.jspecify.annotations.NullMarked;

/** One camera that sends a hundred times as much as the others, and what they notice of it. */
@NullMarked
package dev.iresnet.chaos.flood;

import org.jspecify.annotations.NullMarked;

/** What a process says of itself, over time, and whether it grows. */
@NullMarked
package dev.iresnet.chaos.growth;

import org.jspecify.annotations.NullMarked;

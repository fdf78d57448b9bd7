/** Whether a figure grows: a line through it, how sure its slope is, and what is let through. */
@NullMarked
package dev.iresnet.chaos.trend;

import org.jspecify.annotations.NullMarked;

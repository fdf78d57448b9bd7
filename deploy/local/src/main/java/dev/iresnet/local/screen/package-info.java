/** Progress, followed in the topics and written to the terminal. */
@NullMarked
package dev.iresnet.local.screen;

import org.jspecify.annotations.NullMarked;

/** Processes that are started, stopped and killed from here, their files, and waiting for them. */
@NullMarked
package dev.iresnet.chaos.process;

import org.jspecify.annotations.NullMarked;

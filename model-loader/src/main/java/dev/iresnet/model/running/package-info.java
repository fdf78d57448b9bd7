/** Graphs in sessions, as models. */
@NullMarked
package dev.iresnet.model.running;

import org.jspecify.annotations.NullMarked;

/** Threads of the engine, and how they are waited for. */
@NullMarked
package dev.iresnet.engine.thread;

import org.jspecify.annotations.NullMarked;

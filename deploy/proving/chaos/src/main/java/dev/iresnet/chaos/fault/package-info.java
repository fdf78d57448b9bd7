/** Faults, when they strike, and the proof that they did. */
@NullMarked
package dev.iresnet.chaos.fault;

import org.jspecify.annotations.NullMarked;

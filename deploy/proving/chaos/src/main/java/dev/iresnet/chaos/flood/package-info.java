/** One camera at a hundred times the others' rate, and what becomes of the others. */
@NullMarked
package dev.iresnet.chaos.flood;

import org.jspecify.annotations.NullMarked;

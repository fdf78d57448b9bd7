/** What became of a frame, and who is told of the steps to it. */
@NullMarked
package dev.iresnet.result;

import org.jspecify.annotations.NullMarked;

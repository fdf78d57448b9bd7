/** Dead letters on their way back to the topics that they came from. */
@NullMarked
package dev.iresnet.replay;

import org.jspecify.annotations.NullMarked;

/** How a run ends: whether each frame is accounted for, and the report. */
@NullMarked
package dev.iresnet.chaos.account;

import org.jspecify.annotations.NullMarked;

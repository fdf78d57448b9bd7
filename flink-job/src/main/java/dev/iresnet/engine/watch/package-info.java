/** Watching what runs on a device, and ending the process when it does not come back. */
@NullMarked
package dev.iresnet.engine.watch;

import org.jspecify.annotations.NullMarked;

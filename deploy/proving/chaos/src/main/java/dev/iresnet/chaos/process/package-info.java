/** JVMs: started, killed, stopped for a while, and what the operating system says of them. */
@NullMarked
package dev.iresnet.chaos.process;

import org.jspecify.annotations.NullMarked;

/** A file system for checkpoints that can be made to fail. */
@NullMarked
package dev.iresnet.chaos.storage;

import org.jspecify.annotations.NullMarked;

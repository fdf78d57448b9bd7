/** What fails when it is told to: a model's device, and the storage of checkpoints. */
@NullMarked
package dev.iresnet.chaos.trouble;

import org.jspecify.annotations.NullMarked;

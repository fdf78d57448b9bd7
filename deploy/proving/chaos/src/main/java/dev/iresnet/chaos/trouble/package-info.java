/**
 * Jobs with another model: one whose device fails when it is told to, and one that computes
 * nothing; and a storage of checkpoints that fails.
 */
@NullMarked
package dev.iresnet.chaos.trouble;

import org.jspecify.annotations.NullMarked;

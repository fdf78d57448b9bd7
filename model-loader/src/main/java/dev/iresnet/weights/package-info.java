/**
 * Checkpoints of other frameworks: containers ({@link dev.iresnet.weights.Checkpoint#open}) and
 * which network they hold ({@link dev.iresnet.weights.Recogniser}).
 *
 * <p>Files come from anywhere, so nothing in them is trusted: lengths are checked against the
 * file's end, pickles run on a machine that knows only what a state dict takes.
 */
@NullMarked
package dev.iresnet.weights;

import org.jspecify.annotations.NullMarked;

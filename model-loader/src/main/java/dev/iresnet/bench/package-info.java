/**
 * How fast a model runs on this machine, measured in a process of its own for each number of
 * threads: TensorFlow has one pool of computing threads a process, whose size the first session
 * settles.
 */
@NullMarked
package dev.iresnet.bench;

import org.jspecify.annotations.NullMarked;

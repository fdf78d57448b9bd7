/**
 * Trains the networks of {@link dev.iresnet.zoo} on labelled pictures: stochastic gradient descent
 * as PyTorch does it, in one process. Everything that is random follows from the seed and the step,
 * so that training that was broken off goes on to the same bits.
 */
@NullMarked
package dev.iresnet.training;

import org.jspecify.annotations.NullMarked;

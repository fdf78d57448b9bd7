/** The job under test, as it is, with a model whose device can be made to misbehave. */
@NullMarked
package dev.iresnet.chaos.job;

import org.jspecify.annotations.NullMarked;

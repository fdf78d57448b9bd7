/** The real model, with a device around it that can be made to misbehave. */
@NullMarked
package dev.iresnet.chaos.model;

import org.jspecify.annotations.NullMarked;

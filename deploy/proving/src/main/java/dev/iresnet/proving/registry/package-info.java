/** A schema registry inside this process, for trials and tests. */
@NullMarked
package dev.iresnet.proving.registry;

import org.jspecify.annotations.NullMarked;

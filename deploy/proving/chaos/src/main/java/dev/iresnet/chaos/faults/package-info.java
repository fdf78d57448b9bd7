/** A job whose processes, device and storage are broken while frames flow. */
@NullMarked
package dev.iresnet.chaos.faults;

import org.jspecify.annotations.NullMarked;

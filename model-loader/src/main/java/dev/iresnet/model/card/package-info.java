/** A model's directory: {@code model.json}, its checksums, and how a version is written. */
@NullMarked
package dev.iresnet.model.card;

import org.jspecify.annotations.NullMarked;

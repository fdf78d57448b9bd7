/**
 * Pictures to crops: what a network sees of a JPEG, a PNG or raw pixels. Everything a stranger's
 * bytes claim is checked before memory is taken for it.
 */
@NullMarked
package dev.iresnet.image;

import org.jspecify.annotations.NullMarked;

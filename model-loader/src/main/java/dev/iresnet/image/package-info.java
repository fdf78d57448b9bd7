/**
 * Pictures to crops: what a network sees of a JPEG, a PNG or raw pixels. All sizes that the bytes
 * claim are checked before memory is taken.
 */
@NullMarked
package dev.iresnet.image;

import org.jspecify.annotations.NullMarked;

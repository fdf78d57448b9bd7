/** Frames of videos, as pictures. */
@NullMarked
package dev.iresnet.video;

import org.jspecify.annotations.NullMarked;

/**
 * Clips that are made of photographs: a camera that looks at a part of one, and pans, zooms, turns
 * or keeps still. What it does is known, so the clips have true labels.
 */
@NullMarked
package dev.iresnet.proving.motion;

import org.jspecify.annotations.NullMarked;

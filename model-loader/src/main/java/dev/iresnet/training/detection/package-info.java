/**
 * Trains detectors (SSD, Liu et al. 2016) on annotated pictures: which default boxes learn what,
 * the loss, and how pictures with boxes are varied.
 */
@NullMarked
package dev.iresnet.training.detection;

import org.jspecify.annotations.NullMarked;

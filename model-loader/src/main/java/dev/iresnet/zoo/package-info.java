/**
 * The networks of "Improved Residual Networks for Image and Video Recognition" (Duta, Liu, Zhu,
 * Shao, 2020, arXiv 2004.04989) as declarations, and the one builder that reads them. Knows of no
 * tensor library: whatever implements {@link dev.iresnet.zoo.Layers} can be built.
 */
@NullMarked
package dev.iresnet.zoo;

import org.jspecify.annotations.NullMarked;

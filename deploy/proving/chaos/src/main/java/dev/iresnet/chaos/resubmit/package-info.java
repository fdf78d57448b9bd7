/**
 * A job cancelled and submitted again on one session cluster, and whether anything stays behind.
 */
@NullMarked
package dev.iresnet.chaos.resubmit;

import org.jspecify.annotations.NullMarked;

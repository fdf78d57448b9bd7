/**
 * Forming of batches: when one is full or has waited enough, and how many frames fit the device.
 */
@NullMarked
package dev.iresnet.engine.batch;

import org.jspecify.annotations.NullMarked;

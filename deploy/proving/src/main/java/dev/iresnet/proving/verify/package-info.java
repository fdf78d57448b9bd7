/**
 * Compares what came out of the job with what went in. It knows the manifest and the contracts of
 * the output topics, and nothing of the job.
 */
@NullMarked
package dev.iresnet.proving.verify;

import org.jspecify.annotations.NullMarked;

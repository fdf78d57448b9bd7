/**
 * The job's options: one table of them, where their values come from, and the records that the rest
 * of the job reads. Knows nothing of what the options do.
 */
@NullMarked
package dev.iresnet.config;

import org.jspecify.annotations.NullMarked;

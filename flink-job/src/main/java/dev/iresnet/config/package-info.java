/**
 * The job's options and where their values come from. Each record declares the options that it is
 * read from, so that an option is said once; {@code JobOptions} lists them all. A record of the
 * engine is used as it is where it fits.
 */
@NullMarked
package dev.iresnet.config;

import org.jspecify.annotations.NullMarked;

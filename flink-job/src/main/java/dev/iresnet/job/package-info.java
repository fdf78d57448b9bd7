/** The job: from arguments to a running pipeline. */
@NullMarked
package dev.iresnet.job;

import org.jspecify.annotations.NullMarked;

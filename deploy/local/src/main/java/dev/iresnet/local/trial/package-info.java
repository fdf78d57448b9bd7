/**
 * Frames are fed to the job, a verifier accounts for each of them, and a summary says how it went.
 */
@NullMarked
package dev.iresnet.local.trial;

import org.jspecify.annotations.NullMarked;

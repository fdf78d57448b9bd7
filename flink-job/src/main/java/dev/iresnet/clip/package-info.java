/**
 * Which frames of a camera make which clips, and what a clip is. Knows nothing of Flink, of threads
 * and of models; its state is a value that the caller keeps.
 */
@NullMarked
package dev.iresnet.clip;

import org.jspecify.annotations.NullMarked;

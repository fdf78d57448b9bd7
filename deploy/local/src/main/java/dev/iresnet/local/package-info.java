/**
 * The job on one machine, in one command: an embedded broker, a Flink MiniCluster with its web UI,
 * a feed of frames, a verifier in a process of its own, and what became of it all on the screen.
 */
@NullMarked
package dev.iresnet.local;

import org.jspecify.annotations.NullMarked;

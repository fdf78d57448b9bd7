/** What every scenario stands on: a cluster with its job, topics, feed, verifier and report. */
@NullMarked
package dev.iresnet.chaos.harness;

import org.jspecify.annotations.NullMarked;

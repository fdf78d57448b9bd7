/** The broker, the Flink cluster, and the job that runs on it. */
@NullMarked
package dev.iresnet.local.cluster;

import org.jspecify.annotations.NullMarked;

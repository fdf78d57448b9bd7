/** The parties of a run, each in a JVM of its own: ZooKeeper, Kafka, Flink, the verifier. */
@NullMarked
package dev.iresnet.chaos.cluster;

import org.jspecify.annotations.NullMarked;

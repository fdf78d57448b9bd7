/**
 * The engine: records in, outcomes out, batches in between. Free of Flink and Kafka; see the
 * module's README for its threads and queues.
 */
@NullMarked
package dev.iresnet.serving;

import org.jspecify.annotations.NullMarked;

/**
 * The engine: samples in, inferences out, batches in between. It knows models, and neither records,
 * frames, Kafka, Avro nor Flink; see the module's README for its threads and queues.
 */
@NullMarked
package dev.iresnet.engine;

import org.jspecify.annotations.NullMarked;

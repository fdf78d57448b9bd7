/**
 * Records as they come out of Kafka, and the frames that they carry. Knows the schemas and how a
 * picture is described; nothing of Flink, of threads, or of what becomes of a frame.
 */
@NullMarked
package dev.iresnet.event;

import org.jspecify.annotations.NullMarked;

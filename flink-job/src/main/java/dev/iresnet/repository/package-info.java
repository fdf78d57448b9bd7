/**
 * Versions of a model, found on any file system that Flink knows, and which of them is to serve.
 * Knows the engine's {@code ModelSupply}; nothing of Kafka, and nothing of the operator.
 */
@NullMarked
package dev.iresnet.repository;

import org.jspecify.annotations.NullMarked;

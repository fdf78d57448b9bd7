/**
 * The Kafka ends of the job: whole records in, bytes out, dead letters, and the checks that are
 * made with the brokers before a job is submitted.
 */
@NullMarked
package dev.iresnet.kafka;

import org.jspecify.annotations.NullMarked;

/** A real Kafka broker inside this process, for trials and tests. */
@NullMarked
package dev.iresnet.proving.broker;

import org.jspecify.annotations.NullMarked;

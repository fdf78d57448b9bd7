/** What was sent, written down apart from Kafka: the only place where a frame's file is known. */
@NullMarked
package dev.iresnet.proving.manifest;

import org.jspecify.annotations.NullMarked;

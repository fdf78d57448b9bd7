/** The Avro contracts of the input and output topics, and how their bytes are framed. */
@NullMarked
package dev.iresnet.schemas;

import org.jspecify.annotations.NullMarked;

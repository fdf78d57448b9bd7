/**
 * Fetching of pictures that events refer to: threads, memory, stores that are down. Knows nothing
 * of the engine, which hands in {@link dev.iresnet.decoding.fetch.Recipient}s.
 */
@NullMarked
package dev.iresnet.decoding.fetch;

import org.jspecify.annotations.NullMarked;

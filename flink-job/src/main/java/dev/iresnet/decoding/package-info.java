/** Records to crops: reading, shedding, waiting for schemas and pictures, decoding. */
@NullMarked
package dev.iresnet.decoding;

import org.jspecify.annotations.NullMarked;

/** Records in, outcomes out: what ties decoding, engine and results together, for all slots. */
@NullMarked
package dev.iresnet.inference;

import org.jspecify.annotations.NullMarked;

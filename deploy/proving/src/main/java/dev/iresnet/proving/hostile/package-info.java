/** Records that no job may stumble over. */
@NullMarked
package dev.iresnet.proving.hostile;

import org.jspecify.annotations.NullMarked;

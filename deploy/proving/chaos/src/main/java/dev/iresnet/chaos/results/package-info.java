/** Results as a consumer of committed records sees them, and how old their frames are. */
@NullMarked
package dev.iresnet.chaos.results;

import org.jspecify.annotations.NullMarked;

/** What the user asked for on the command line. */
@NullMarked
package dev.iresnet.local.options;

import org.jspecify.annotations.NullMarked;

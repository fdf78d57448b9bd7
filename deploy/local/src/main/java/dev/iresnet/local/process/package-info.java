/** This process: how it fails and stops, where it writes, and the versions in it. */
@NullMarked
package dev.iresnet.local.process;

import org.jspecify.annotations.NullMarked;

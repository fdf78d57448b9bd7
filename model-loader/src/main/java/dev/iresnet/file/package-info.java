/** Files and directories, for all packages. */
@NullMarked
package dev.iresnet.file;

import org.jspecify.annotations.NullMarked;

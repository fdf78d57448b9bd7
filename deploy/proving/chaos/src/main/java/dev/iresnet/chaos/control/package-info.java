/** Orders to parties in other processes, and what they say they did: files in one directory. */
@NullMarked
package dev.iresnet.chaos.control;

import org.jspecify.annotations.NullMarked;

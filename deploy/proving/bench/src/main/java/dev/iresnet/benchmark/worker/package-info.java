/** Processes that measure when they are told to. */
@NullMarked
package dev.iresnet.benchmark.worker;

import org.jspecify.annotations.NullMarked;

/** The whole job in a process of its own, and who feeds it. */
@NullMarked
package dev.iresnet.benchmark.job;

import org.jspecify.annotations.NullMarked;

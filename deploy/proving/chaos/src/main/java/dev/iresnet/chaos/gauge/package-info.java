/** What the operating system, the JVM and Flink say of a process of the cluster. */
@NullMarked
package dev.iresnet.chaos.gauge;

import org.jspecify.annotations.NullMarked;

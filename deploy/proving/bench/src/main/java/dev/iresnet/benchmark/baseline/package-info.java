/** What the product is held against, each as good as we can make it. */
@NullMarked
package dev.iresnet.benchmark.baseline;

import org.jspecify.annotations.NullMarked;

/** What the screen and the page both follow of the topics. */
@NullMarked
package dev.iresnet.local.topic;

import org.jspecify.annotations.NullMarked;

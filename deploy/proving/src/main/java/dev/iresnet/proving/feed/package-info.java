/** Replays a directory of pictures onto a topic, as a number of cameras would send them. */
@NullMarked
package dev.iresnet.proving.feed;

import org.jspecify.annotations.NullMarked;

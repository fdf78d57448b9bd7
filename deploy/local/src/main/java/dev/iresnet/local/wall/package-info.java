/**
 * The camera wall: a page with the latest labelled frame of each camera.
 *
 * <ol>
 *   <li>{@link dev.iresnet.local.wall.Follower} reads the topics on a thread of its own, committed
 *       answers only, and keeps the latest answer of each camera in a {@link
 *       dev.iresnet.local.wall.Wall}, to which it alone has access.
 *   <li>Several times a second it hangs a {@link dev.iresnet.local.wall.Snapshot} on the {@link
 *       dev.iresnet.local.wall.Board}, where any thread may look.
 *   <li>{@link dev.iresnet.local.wall.WallServer} sends the board to browsers, and a picture when
 *       one asks: it is read from the input topic at the place that the answer names.
 * </ol>
 *
 * So the wall holds no pictures, and costs next to nothing while nobody looks. Whatever comes from
 * a topic is a stranger's: texts are cut, cameras are limited, and the page puts them in as text.
 */
@NullMarked
package dev.iresnet.local.wall;

import org.jspecify.annotations.NullMarked;

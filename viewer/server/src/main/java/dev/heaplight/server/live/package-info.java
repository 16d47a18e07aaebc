/**
 * What changes, told to pages that are open, by server-sent events.
 *
 * <p>Callers: {@link dev.heaplight.server.SessionServer}. Threads: the watch's thread tells, those
 * of requests join. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.server.live;

import org.jspecify.annotations.NullMarked;

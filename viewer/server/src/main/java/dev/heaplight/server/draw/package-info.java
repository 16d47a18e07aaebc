/**
 * Flame graphs of recordings, each drawn by a JVM of its own: one of a very large recording takes a
 * gigabyte of heap for some seconds, which the server must neither have nor die of.
 *
 * <p>Callers: {@link dev.heaplight.server.SessionServer}; the JVM that draws begins at {@link
 * dev.heaplight.server.draw.DrawMain}. Threads: those of requests, which wait for the process.
 * Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.server.draw;

import org.jspecify.annotations.NullMarked;

/**
 * The session's figures for Prometheus, by its official client library.
 *
 * <p>All is computed from the session's files when it is asked for, so that it is right whenever
 * the server was started, and whichever monitors were at work. Callers: {@link
 * dev.heaplight.server.SessionServer}. Threads: those of requests. Class loader: an ordinary
 * library.
 */
@NullMarked
package dev.heaplight.server.metrics;

import org.jspecify.annotations.NullMarked;

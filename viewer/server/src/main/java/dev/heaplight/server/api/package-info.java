/**
 * The session as JSON, for the page and for other nodes' servers: one class for each view of the
 * page.
 *
 * <p>Callers: {@link dev.heaplight.server.SessionServer}, which gives each its path. Threads: those
 * of requests; everything here reads what {@link dev.heaplight.server.session.SessionWatch}
 * published. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.server.api;

import org.jspecify.annotations.NullMarked;

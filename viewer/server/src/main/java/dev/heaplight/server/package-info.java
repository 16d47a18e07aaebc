/**
 * The server that shows a session live: {@link dev.heaplight.server.SessionServer} puts together
 * what the packages below do.
 *
 * <p>Callers: the verb {@code serve}. Threads: see there. Class loader: an ordinary library;
 * nothing of it, nor of the HTTP library, is loaded for other verbs.
 */
@NullMarked
package dev.heaplight.server;

import org.jspecify.annotations.NullMarked;

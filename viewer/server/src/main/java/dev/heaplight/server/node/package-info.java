/**
 * Other nodes' servers, joined: how they are, and what they answer, passed on.
 *
 * <p>Callers: {@link dev.heaplight.server.SessionServer}. Threads: one asks all nodes now and then;
 * those of requests and of the HTTP client pass answers on. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.server.node;

import org.jspecify.annotations.NullMarked;

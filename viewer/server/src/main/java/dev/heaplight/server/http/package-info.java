/**
 * Answers requests: who may ask, which part answers, and how an answer is written without holding a
 * thread while a client is slow.
 *
 * <p>Callers: {@link dev.heaplight.server.SessionServer}. Threads: the HTTP library's, many at a
 * time. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.server.http;

import org.jspecify.annotations.NullMarked;

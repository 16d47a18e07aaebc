/**
 * What a session's directory holds, read again and again and never written to: its files, what each
 * recording comes to, what its monitors told and what its workers use now.
 *
 * <p>Callers: the packages that answer requests, and {@code heaplight top}. Threads: {@link
 * dev.heaplight.server.session.SessionWatch} has one of its own that reads; what it publishes is
 * immutable or concurrent. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.server.session;

import org.jspecify.annotations.NullMarked;

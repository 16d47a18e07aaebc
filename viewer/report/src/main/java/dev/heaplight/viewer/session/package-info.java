/**
 * Sessions: where recordings lie, and which there are.
 *
 * <p>Callers: the command line and the server. Threads: nothing here is thread-safe. Class loader:
 * an ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.session;

import org.jspecify.annotations.NullMarked;

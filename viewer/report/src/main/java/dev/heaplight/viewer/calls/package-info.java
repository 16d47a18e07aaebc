/**
 * The call tree and the functions of a view, as text and for looking around in on a terminal.
 *
 * <p>Callers: the command line. Threads: outlines and tables are immutable, a {@link
 * dev.heaplight.viewer.calls.CallBrowser} belongs to one thread. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.calls;

import org.jspecify.annotations.NullMarked;

/**
 * A session's workers and their tasks as rows with figures: what {@code heaplight top} shows, apart
 * from how it is drawn.
 *
 * <p>Callers: the command line. Threads: values are immutable, {@link
 * dev.heaplight.server.top.TopReader} is one thread's. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.server.top;

import org.jspecify.annotations.NullMarked;

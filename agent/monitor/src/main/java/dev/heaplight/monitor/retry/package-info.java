/**
 * Whether and when to start a worker again.
 *
 * <p>Purpose: memory kills have a budget of their own, apart from crashes. Pure: clock and chance
 * come from outside. Callers: what supervises workers. Threads: one at a time uses an object of
 * this package. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.monitor.retry;

import org.jspecify.annotations.NullMarked;

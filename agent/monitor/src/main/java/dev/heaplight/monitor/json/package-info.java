/**
 * JSON of reports and events.
 *
 * <p>Purpose: the agent's jar brings no library of its own for the little it writes. Callers: the
 * monitor. Threads: one at a time uses an object of this package. Class loader: the engine's own
 * inside a worker, an ordinary library elsewhere.
 */
@NullMarked
package dev.heaplight.monitor.json;

import org.jspecify.annotations.NullMarked;

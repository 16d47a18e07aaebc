/**
 * Whom to fail or kill when memory is short.
 *
 * <p>Purpose: orders candidates, each with the reason in words. Pure: nothing here reads a clock or
 * a file. Callers: the monitor. Threads: any. Class loader: the engine's own inside a worker, an
 * ordinary library elsewhere.
 */
@NullMarked
package dev.heaplight.monitor.policy;

import org.jspecify.annotations.NullMarked;

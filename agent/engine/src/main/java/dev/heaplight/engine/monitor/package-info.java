/**
 * The worker's part in its session's memory monitor.
 *
 * <p>Purpose: says what the worker has open, carries out what a monitor decided about it, and lets
 * this worker be a monitor itself. Callers: the engine's start. Threads: one of the agent's, and
 * two that wait for orders. Class loader: the engine's own. Nothing here runs before the engine is
 * ready, and no other program before the application's main.
 */
@NullMarked
package dev.heaplight.engine.monitor;

import org.jspecify.annotations.NullMarked;

/**
 * The agent's engine: start-up, options and the wiring of weaving, sampling and recording.
 *
 * <p>Purpose: everything of the agent that needs more than the hook. Callers: premain, by
 * reflection, and the hook through {@code EngineLink}. Threads: a start-up thread, one recorder
 * thread, and application threads inside hooks. Class loader: one of its own whose parent is the
 * platform loader, so that nothing here meets the application's classes.
 */
@NullMarked
package dev.heaplight.engine;

import org.jspecify.annotations.NullMarked;

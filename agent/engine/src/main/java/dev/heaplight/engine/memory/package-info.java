/**
 * The process's memory over time: resident set, heap, direct buffers, metaspace.
 *
 * <p>Purpose: a line that every open scope's recording takes its part of. Callers: one thread of
 * the agent's adds points, scopes read them as they are flushed. Class loader: the engine's own.
 * Nothing here is touched before main: the management beans would be initialised too early.
 */
@NullMarked
package dev.heaplight.engine.memory;

import org.jspecify.annotations.NullMarked;

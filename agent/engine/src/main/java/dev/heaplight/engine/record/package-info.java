/**
 * Scopes and their recordings.
 *
 * <p>Purpose: know which thread works for which scope, sum up what was allocated there, and write
 * it to the scope's file. Callers: the engine, on behalf of the hook. Threads: application threads
 * open and close scopes, one recorder thread flushes. Class loader: the engine's own.
 *
 * <p>Locks, in the order they are taken: a {@code ThreadScope}, then a {@code ThreadRecord} or a
 * {@code Scope}; never two of a kind.
 */
@NullMarked
package dev.heaplight.engine.record;

import org.jspecify.annotations.NullMarked;

/**
 * The API of Heaplight.
 *
 * <p>Purpose: mark where a task, an actor or a request begins and ends. Callers: applications.
 * Threads: any. Class loader: the application's own, whichever that is; the agent is found through
 * the bootstrap loader, and without the agent everything here does nothing.
 */
@NullMarked
package dev.heaplight;

import org.jspecify.annotations.NullMarked;

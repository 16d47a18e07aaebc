/**
 * Memory over time: of a worker, put together from the recordings it wrote, and of one task.
 *
 * <p>Callers: the package that answers requests. Threads: thread-safe. Class loader: an ordinary
 * library.
 */
@NullMarked
package dev.heaplight.server.memory;

import org.jspecify.annotations.NullMarked;

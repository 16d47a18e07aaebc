/**
 * Budgets: how much of a metric a recording may have, and what took it where that is exceeded.
 *
 * <p>Callers: the command line. Threads: all stateless or values. Class loader: an ordinary
 * library.
 */
@NullMarked
package dev.heaplight.viewer.budget;

import org.jspecify.annotations.NullMarked;

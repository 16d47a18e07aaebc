/**
 * How many tasks fit into a memory side by side, from what earlier ones needed.
 *
 * <p>Callers: the command line. Threads: {@link dev.heaplight.viewer.advice.Advisor} belongs to one
 * thread; advice does not change. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.advice;

import org.jspecify.annotations.NullMarked;

/**
 * Work that allocates, in operations of fixed size.
 *
 * <p>Purpose: the same allocation behaviour in every variant of a benchmark, counted in operations
 * and never in time, so that what varies is the cost alone. Callers: {@code worker} and {@code
 * program}. Threads: one workload belongs to one thread. Class loader: the system's.
 */
@NullMarked
package dev.heaplight.bench.workload;

import org.jspecify.annotations.NullMarked;

/**
 * Benchmarks other than the overhead of a workload; each is a program of its own.
 *
 * <p>Purpose: figures for {@code docs/BENCHMARKS.md}. Callers: {@code bench/program NAME}, by hand.
 * Threads: as each program says. Class loader: the system's.
 */
@NullMarked
package dev.heaplight.bench.program;

import org.jspecify.annotations.NullMarked;

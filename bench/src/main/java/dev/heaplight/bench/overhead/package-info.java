/**
 * The benchmark of overhead: workers of all variants, interleaved.
 *
 * <p>Purpose: start workers round by round, so that a busy machine hits all variants alike, and
 * print ratios to the bare JVM. Callers: {@code bench/overhead}. Threads: main only. Class loader:
 * the system's.
 */
@NullMarked
package dev.heaplight.bench.overhead;

import org.jspecify.annotations.NullMarked;

/**
 * The benchmark of overhead: workers of all variants, round by round.
 *
 * <p>Purpose: have all variants of a round measure at once on one core, or one after another, so
 * that a busy machine hits all alike, and print ratios to the bare JVM. Callers: {@code
 * bench/overhead}. Threads: one for each lane, and in it one for each worker. Class loader: the
 * system's.
 */
@NullMarked
package dev.heaplight.bench.overhead;

import org.jspecify.annotations.NullMarked;

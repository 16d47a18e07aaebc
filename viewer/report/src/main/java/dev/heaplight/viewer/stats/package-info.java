/**
 * The figures of a recording, as text for people and as JSON with stable keys.
 *
 * <p>Callers: the command line. Threads: a {@link dev.heaplight.viewer.stats.Stats} is immutable,
 * the writers hold no state. Class loader: an ordinary library. The keys are documented in {@code
 * docs/STATS.md}.
 */
@NullMarked
package dev.heaplight.viewer.stats;

import org.jspecify.annotations.NullMarked;

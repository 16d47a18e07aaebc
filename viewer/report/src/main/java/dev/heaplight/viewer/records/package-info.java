/**
 * A recording as text, record by record in the order of the file.
 *
 * <p>Callers: the command line. Threads: a text belongs to the thread that reads. Class loader: an
 * ordinary library. The lines are documented in {@code docs/CLI.md}.
 */
@NullMarked
package dev.heaplight.viewer.records;

import org.jspecify.annotations.NullMarked;

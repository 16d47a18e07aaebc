/**
 * The {@code heaplight} command: one class per verb, which reads its options and calls a stage of
 * the viewer.
 *
 * <p>Callers: the launcher {@code bin/heaplight} through {@link dev.heaplight.cli.Heaplight#main}.
 * Threads: everything runs on the main thread. Class loader: the application's. Verbs, output names
 * and exit codes are documented in {@code docs/CLI.md}.
 */
@NullMarked
package dev.heaplight.cli;

import org.jspecify.annotations.NullMarked;

/**
 * What the workers, monitors and commands of one node share through the session's directory.
 *
 * <p>Purpose: files below {@code <session>/monitor}, specified in {@code docs/FORMAT.md}. Callers:
 * the monitor, the engine, the command line. Threads: each class says. Class loader: the engine's
 * own inside a worker, an ordinary library elsewhere; nothing but {@code java.base}.
 */
@NullMarked
package dev.heaplight.monitor.session;

import org.jspecify.annotations.NullMarked;

/**
 * The {@code .heaplight} recording: its layout, its writer and its reader.
 *
 * <p>Purpose: one place that knows the bytes of a recording; {@code docs/FORMAT.md} is the same
 * layout in prose. Callers: the engine writes, the viewer and the command line read. Threads: no
 * class here is thread-safe; one thread at a time uses a writer or a reader. Class loader: packed
 * into the engine's isolated loader inside a worker, an ordinary library everywhere else, hence no
 * dependency beyond {@code java.base}.
 */
@NullMarked
package dev.heaplight.format;

import org.jspecify.annotations.NullMarked;

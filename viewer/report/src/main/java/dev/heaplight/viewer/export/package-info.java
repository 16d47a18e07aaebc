/**
 * Recordings in the formats of other tools.
 *
 * <p>Callers: the command line. Threads: exports hold no state. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.export;

import org.jspecify.annotations.NullMarked;

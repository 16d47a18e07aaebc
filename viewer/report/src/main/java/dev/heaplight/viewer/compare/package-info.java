/**
 * Two recordings, or two sets of them, side by side: what grew and what shrank.
 *
 * <p>Callers: the command line. Threads: a comparison is built by one thread and does not change
 * afterwards. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.compare;

import org.jspecify.annotations.NullMarked;

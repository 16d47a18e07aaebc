/**
 * What changed between two recordings.
 *
 * <p>Callers: the command line. Threads: a comparison does not change once it is made. Class
 * loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.compare;

import org.jspecify.annotations.NullMarked;

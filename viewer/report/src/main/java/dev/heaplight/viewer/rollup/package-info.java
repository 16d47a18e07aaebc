/**
 * Figures of many recordings by the name of their scope, from outlines that hold no stacks.
 *
 * <p>Callers: advice, sessions, the command line. Threads: a roll-up is filled by one thread; two
 * that were filled apart can be joined. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.rollup;

import org.jspecify.annotations.NullMarked;

/**
 * The table of allocation sites: one page to sort and filter.
 *
 * <p>Callers: the command line. Threads: a table is immutable, the page holds no state. Class
 * loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.table;

import org.jspecify.annotations.NullMarked;

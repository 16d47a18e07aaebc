/**
 * What a report is made from: files and directories found, and each read into a model.
 *
 * <p>Callers: the command line and the server. Threads: everything here is stateless. Class loader:
 * an ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.input;

import org.jspecify.annotations.NullMarked;

/**
 * How figures and frames are written, the same in every report.
 *
 * <p>Callers: all stages after the model. Threads: stateless but for {@link
 * dev.heaplight.viewer.text.JsonWriter}, which one thread uses. Class loader: an ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.text;

import org.jspecify.annotations.NullMarked;

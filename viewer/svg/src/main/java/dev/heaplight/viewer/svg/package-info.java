/**
 * Flame graphs as pictures, drawn by JFreeSVG.
 *
 * <p>Callers: nobody by name; {@link java.util.ServiceLoader} finds {@link
 * dev.heaplight.viewer.svg.SvgFlameGraph}. Threads: renderers hold no state. Class loader: an
 * ordinary library. JFreeSVG is under the GPL, which is why this is a module of its own that
 * everything else works without.
 */
@NullMarked
package dev.heaplight.viewer.svg;

import org.jspecify.annotations.NullMarked;

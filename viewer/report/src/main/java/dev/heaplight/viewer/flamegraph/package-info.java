/**
 * Flame graphs: the tree of labelled frames, the interface of what draws it, and the interactive
 * page.
 *
 * <p>Callers: the command line, and the modules that implement {@link
 * dev.heaplight.viewer.flamegraph.FlameGraphRenderer}. Threads: a {@link
 * dev.heaplight.viewer.flamegraph.FlameGraph} does not change once built; renderers hold no state.
 * Class loader: an ordinary library. The page's own parts, {@code page.html}, {@code page.css} and
 * the scripts, are resources of this package.
 */
@NullMarked
package dev.heaplight.viewer.flamegraph;

import org.jspecify.annotations.NullMarked;

/**
 * Second stage: the stacks of a model merged into one tree of labels.
 *
 * <p>Callers: the flame graph and export stages, each with labels of its own. Threads: a tree is
 * built by one thread and does not change afterwards. Class loader: an ordinary library. Everything
 * here is iterative over primitive arrays: a stack may be thousands of frames deep and a tree
 * millions of nodes large.
 */
@NullMarked
package dev.heaplight.viewer.tree;

import org.jspecify.annotations.NullMarked;

/**
 * How much memory node, cgroups and processes use, as the Linux kernel tells.
 *
 * <p>Purpose: figures the monitor decides by, each with the formula it comes from. Callers: the
 * monitor and what explains ends of processes. Threads: one at a time uses an object of this
 * package. Class loader: the engine's own inside a worker, an ordinary library elsewhere. All paths
 * hang below a root that tests replace.
 */
@NullMarked
package dev.heaplight.monitor.account;

import org.jspecify.annotations.NullMarked;

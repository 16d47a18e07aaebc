/**
 * Stacks: taking them in application threads, resolving them outside, and calibrating them.
 *
 * <p>Purpose: decide which allocations get a stack, and spread each site's exact count over the
 * stacks seen there. Callers: the engine inside hooks takes samples, the record package resolves
 * them. Threads: stated at each class. Class loader: the engine's own.
 */
@NullMarked
package dev.heaplight.engine.sample;

import org.jspecify.annotations.NullMarked;

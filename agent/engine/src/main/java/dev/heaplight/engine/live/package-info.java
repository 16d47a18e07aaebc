/**
 * What of a scope's allocation is still alive: at each garbage collection, at the peak, at the end
 * and after it.
 *
 * <p>Purpose: follow sampled objects by weak references and turn those that are left into live
 * bytes by stack. Callers: the recorder and closing threads. Threads: samples are made in
 * application threads, everything else happens in the recorder or in the thread that closes a
 * scope. Class loader: the engine's own.
 *
 * <p>What "live" means: not yet collected. A collection of the young generation leaves dead objects
 * of the old one in place, and so do the figures; each says at which collection it was seen.
 */
@NullMarked
package dev.heaplight.engine.live;

import org.jspecify.annotations.NullMarked;

/**
 * Memory outside of the heap: who allocated it, and what is not freed yet.
 *
 * <p>Purpose: follow each block by its address from the thread that allocates it to the one that
 * frees it, and sum up by stack for the scope it belongs to and the scopes around that. Callers:
 * the engine on behalf of the hook, and scopes as they are flushed. Threads: any thread allocates
 * and frees, the recorder resolves stacks. Class loader: the engine's own.
 *
 * <p>Lock: one for all, the {@link dev.heaplight.engine.offheap.OffHeapLedger}; nothing else is
 * called or locked while it is held.
 */
@NullMarked
package dev.heaplight.engine.offheap;

import org.jspecify.annotations.NullMarked;

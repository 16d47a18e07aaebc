/**
 * The memory monitor: looks, decides, acts, reports.
 *
 * <p>Purpose: acts before the kernel's OOM killer does. {@code MemoryMonitor} decides, {@code
 * MonitorLoop} runs it and says which of several leads. Callers: a thread of the engine's in each
 * worker, or the command {@code heaplight monitor}. Threads: one runs a loop with all it holds.
 * Class loader: the engine's own inside a worker, an ordinary library elsewhere.
 */
@NullMarked
package dev.heaplight.monitor.act;

import org.jspecify.annotations.NullMarked;

/**
 * Samples of allocations from a profiler that is not ours: async-profiler or, where its library
 * cannot be loaded, JDK Flight Recorder.
 */
@NullMarked
package dev.heaplight.engine.profiler;

import org.jspecify.annotations.NullMarked;

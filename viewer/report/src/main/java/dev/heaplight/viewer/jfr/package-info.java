/**
 * Recordings of the JDK Flight Recorder and of async-profiler, read into the same model as
 * Heaplight's own. The format is taken apart by async-profiler's reader; here is what its events
 * mean for memory.
 *
 * <p>Weights: an allocation event stands for as many bytes as async-profiler's own converter counts
 * for it, so that both give the same figures. That is the {@code weight} of {@code
 * jdk.ObjectAllocationSample}; the {@code tlabSize} of {@code jdk.ObjectAllocationInNewTLAB}, where
 * the JDK puts the size of the buffer that the allocation began and async-profiler the sample's
 * weight; and the {@code allocationSize} of {@code jdk.ObjectAllocationOutsideTLAB}. A file with
 * both of the JDK's kinds, samples and buffers, has each byte twice.
 *
 * <p>Callers: the input stage. Threads: everything here is used by one thread. Class loader: an
 * ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.jfr;

import org.jspecify.annotations.NullMarked;

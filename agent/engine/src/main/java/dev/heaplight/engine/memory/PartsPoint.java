package dev.heaplight.engine.memory;

/**
 * What the process's memory consists of, as {@link dev.heaplight.format.MemoryParts} says it; any
 * figure may be {@code Progress.UNKNOWN}.
 *
 * @param codeCacheBytes code cache the JVM has reserved memory for
 * @param threads number of threads
 * @param threadBytes memory of threads, by native memory tracking
 * @param jvmBytes what the JVM takes for itself, by native memory tracking
 * @param mallocBytes what sampled blocks of native code stand for
 * @param mappedFileBytes resident part of mapped files
 * @param sharedBytes resident part of shared memory; unknown where the heap lies in it
 */
public record PartsPoint(
    long codeCacheBytes,
    long threads,
    long threadBytes,
    long jvmBytes,
    long mallocBytes,
    long mappedFileBytes,
    long sharedBytes) {}

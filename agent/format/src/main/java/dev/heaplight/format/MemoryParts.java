package dev.heaplight.format;

/**
 * What the worker process's memory consists of at one moment, beside what a {@link MemorySample} of
 * the same time says. Every figure but the time may be {@link Progress#UNKNOWN}. Parts that only
 * the JVM's native memory tracking knows are known where it is on.
 *
 * @param elapsedMillis milliseconds since the scope was opened
 * @param codeCacheBytes code cache the JVM has reserved memory for
 * @param threads number of threads, those of the JVM included
 * @param threadBytes memory of threads, their stacks as far as touched; by native memory tracking
 * @param jvmBytes what the JVM takes for itself, for collectors and compilers for instance; by
 *     native memory tracking
 * @param mallocBytes what sampled blocks that native code took from the C library stand for
 * @param mappedFileBytes resident part of mapped files, libraries included
 * @param sharedBytes resident part of shared memory; unknown where the heap lies in it, and is
 *     mapped more than once
 */
public record MemoryParts(
    long elapsedMillis,
    long codeCacheBytes,
    long threads,
    long threadBytes,
    long jvmBytes,
    long mallocBytes,
    long mappedFileBytes,
    long sharedBytes) {}

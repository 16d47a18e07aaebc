package dev.heaplight.engine.memory;

import org.jspecify.annotations.Nullable;

/**
 * The process's memory at one moment; any figure but the time may be {@code Progress.UNKNOWN}.
 *
 * @param nanos when, as of {@link System#nanoTime}
 * @param rssBytes resident set size as the kernel has it
 * @param rssMinusSharedBytes the part of it that is the process's alone; see {@link ProcessStatus}
 * @param heapUsedBytes heap in use, dead objects that are not collected yet included
 * @param heapCommittedBytes heap the JVM has reserved memory for
 * @param directBytes memory behind direct buffers
 * @param metaspaceBytes metaspace in use
 * @param parts what else the memory consists of; null but once a second
 */
public record MemoryPoint(
    long nanos,
    long rssBytes,
    long rssMinusSharedBytes,
    long heapUsedBytes,
    long heapCommittedBytes,
    long directBytes,
    long metaspaceBytes,
    @Nullable PartsPoint parts) {}

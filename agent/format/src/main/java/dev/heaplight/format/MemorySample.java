package dev.heaplight.format;

/**
 * Memory of the worker process at one moment. Every figure but the time may be {@link
 * Progress#UNKNOWN}.
 *
 * @param elapsedMillis milliseconds since the scope was opened
 * @param rssBytes resident set size of the process
 * @param rssMinusSharedBytes resident set size less what the process shares with others
 * @param heapUsedBytes Java heap in use, garbage included
 * @param heapCommittedBytes Java heap the JVM has reserved memory for
 * @param directBytes capacity of all direct buffers
 * @param metaspaceBytes metaspace in use
 */
public record MemorySample(
    long elapsedMillis,
    long rssBytes,
    long rssMinusSharedBytes,
    long heapUsedBytes,
    long heapCommittedBytes,
    long directBytes,
    long metaspaceBytes) {}

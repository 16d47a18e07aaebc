package dev.heaplight.format;

/**
 * Last block of a recording that ended cleanly.
 *
 * @param durationMillis milliseconds from open to close
 * @param allocatedBytes sum of all allocation entries' bytes, for cross-checking
 * @param allocatedObjects sum of all allocation entries' objects, for cross-checking
 * @param endReason why the recording ended: {@code closed}, or {@code jvm-exit} when the JVM shut
 *     down with the scope still open
 */
public record Footer(
    long durationMillis, long allocatedBytes, long allocatedObjects, String endReason) {}

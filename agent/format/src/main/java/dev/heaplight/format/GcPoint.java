package dev.heaplight.format;

/**
 * One garbage collection within a scope, and what of the scope was alive after it.
 *
 * @param elapsedMillis milliseconds from the scope's open to the collection's end
 * @param collector name of the collector as the JVM gives it, or an empty string when unknown
 * @param durationMillis how long the collection took; {@link Progress#UNKNOWN} when not known
 * @param liveObjects objects of the scope alive after it; {@link Progress#UNKNOWN} when not tracked
 * @param liveBytes bytes of the scope alive after it; {@link Progress#UNKNOWN} when not tracked
 */
public record GcPoint(
    long elapsedMillis, String collector, long durationMillis, long liveObjects, long liveBytes) {}

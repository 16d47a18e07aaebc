package dev.heaplight.engine.live;

/**
 * When something was seen.
 *
 * @param elapsedMillis milliseconds since the scope was opened
 * @param collection collections the scope had seen by then; 0 when there was none yet, and the
 *     figure is an upper bound
 * @param collector name of the collector, empty if it was not seen at a collection
 */
public record Moment(long elapsedMillis, long collection, String collector) {}

package dev.heaplight.server.session;

/**
 * A line of a session's events.
 *
 * @param number place among all events, from 1
 * @param timeMillis when, milliseconds since the epoch
 * @param type what sort, as {@link dev.heaplight.monitor.act.Events.Type} names it
 * @param text in words
 * @param report name of the file that tells more, below the logs; empty for none
 */
public record Event(long number, long timeMillis, String type, String text, String report) {}

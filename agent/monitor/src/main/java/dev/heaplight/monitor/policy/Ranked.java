package dev.heaplight.monitor.policy;

/**
 * A candidate in its place.
 *
 * @param candidate who
 * @param why the reason for the place, in words
 */
public record Ranked(Candidate candidate, String why) {}

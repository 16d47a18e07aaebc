package dev.heaplight.format;

/**
 * How a recording ended for its reader.
 *
 * @param complete whether the recording ended cleanly; false while it still grows and after a kill.
 *     A complete recording has a truncated tail if a kill cut its {@link Afterword} short
 * @param usableBytes bytes of the file that were read, all of them intact
 * @param truncatedBytes bytes of an unfinished block at the end, which were left out
 */
public record ReadOutcome(boolean complete, long usableBytes, long truncatedBytes) {}

package dev.heaplight.format;

/**
 * When and on what grounds a composition of live objects was taken.
 *
 * @param kind what the composition shows
 * @param elapsedMillis milliseconds from the scope's open to the composition
 * @param collection how many garbage collections the scope had seen; 0 means none yet, and then the
 *     figures are upper bounds, since nothing could have been found dead
 * @param collector name of the collector as the JVM gives it; an empty string when unknown, or when
 *     the composition was not taken at a collection, for instance at the scope's close
 * @param samples live samples the figures rest on
 */
public record LiveHeader(
    LiveKind kind, long elapsedMillis, long collection, String collector, long samples) {
  /**
   * {@link #collection} of what another recorder found alive, which does not say how many
   * collections there were; never in a file of ours.
   */
  public static final long UNKNOWN_COLLECTION = -1;
}

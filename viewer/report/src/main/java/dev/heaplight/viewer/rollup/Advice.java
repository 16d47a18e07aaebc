package dev.heaplight.viewer.rollup;

import dev.heaplight.viewer.model.RecordingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many scopes of each name fit side by side into a given memory.
 *
 * <p>The rule: (memory x usable share - what the workers need beside the scopes) / the largest peak
 * of the name. The largest and not a percentile, because one that does not fit is killed.
 */
public final class Advice {
  private final long memoryBytes;
  private final double usableShare;
  private final long baseBytes;
  private final RollUp rollUp = new RollUp();
  private final Map<String, Spans> spans = new TreeMap<>();

  /**
   * Advice about nothing yet.
   *
   * @param memoryBytes all memory there is
   * @param usableShare share of it that may be used, above 0 and at most 1
   * @param baseBytes what the workers need beside the scopes
   */
  public Advice(long memoryBytes, double usableShare, long baseBytes) {
    this.memoryBytes = memoryBytes;
    this.usableShare = usableShare;
    this.baseBytes = baseBytes;
  }

  /** Takes one recording into account. */
  public void add(RecordingModel model) {
    rollUp.add(model);
    spans
        .computeIfAbsent(key(model.header().name(), model.header().kind()), key -> new Spans())
        .add(model.header().startEpochMillis(), model.durationMillis().orElse(0));
  }

  private static String key(String name, String kind) {
    return name + "\n" + kind;
  }

  /** Bytes that scopes may use together; 0 when there are none left. */
  public long usableBytes() {
    return Math.max(0, (long) (memoryBytes * usableShare) - baseBytes);
  }

  /** All memory there is. */
  public long memoryBytes() {
    return memoryBytes;
  }

  /** Share of the memory that may be used. */
  public double usableShare() {
    return usableShare;
  }

  /** What the workers need beside the scopes. */
  public long baseBytes() {
    return baseBytes;
  }

  /**
   * What is advised for one name.
   *
   * @param group the name's figures
   * @param seenAtOnce the most that were recorded running at once
   * @param fitting how many fit; {@link #UNKNOWN} when no peak is known
   */
  public record ForName(RollUpGroup group, int seenAtOnce, long fitting) {
    /** Value of {@code fitting} when no recording of the name knows its peak. */
    public static final long UNKNOWN = -1;

    /** Whether more ran at once than fit. */
    public boolean tooMany() {
      return fitting != UNKNOWN && seenAtOnce > fitting;
    }
  }

  /** One advice for each name and kind, the hungriest first. */
  public List<ForName> advices() {
    List<ForName> advices = new ArrayList<>();
    for (RollUpGroup group :
        rollUp.groups().stream().sorted(RollUpOrder.PEAK.comparator()).toList()) {
      Spans itsSpans = spans.get(key(group.name(), group.kind()));
      int seen = itsSpans == null ? 0 : itsSpans.mostAtOnce();
      long peak = group.peakBytes(1);
      long fitting =
          group.peaksKnown() == 0
              ? ForName.UNKNOWN
              : peak == 0 ? Integer.MAX_VALUE : usableBytes() / peak;
      advices.add(new ForName(group, seen, fitting));
    }
    return advices;
  }
}

package dev.heaplight.viewer.rollup;

import java.util.Comparator;

/** Orders of the groups of a roll-up; equal ones are by name. */
public enum RollUpOrder {
  /** Most bytes allocated by all first. */
  TOTAL,
  /** Most bytes allocated by one first. */
  MAX,
  /** Largest peak first. */
  PEAK,
  /** Most bytes left alive first. */
  SURVIVING,
  /** Most recordings first. */
  CALLS,
  /** By name. */
  NAME;

  private static final Comparator<RollUpGroup> BY_NAME =
      Comparator.comparing(RollUpGroup::name).thenComparing(RollUpGroup::kind);

  /** The order. */
  public Comparator<RollUpGroup> comparator() {
    return this == NAME
        ? BY_NAME
        : Comparator.<RollUpGroup>comparingLong(this::figure).reversed().thenComparing(BY_NAME);
  }

  private long figure(RollUpGroup group) {
    return switch (this) {
      case TOTAL -> group.allocatedBytes();
      case MAX -> group.maxAllocatedBytes();
      case PEAK -> group.peakBytes(1);
      case SURVIVING -> group.survivingBytes();
      case CALLS -> group.recordings();
      case NAME -> 0;
    };
  }
}

package dev.heaplight.viewer.rollup;

import java.io.Serializable;
import java.util.Collection;
import java.util.TreeMap;

/**
 * Recordings summed up by scope name and kind. The result does not depend on the order in which
 * recordings are added or roll-ups joined. Memory grows with names, and 8 bytes with each
 * recording. Not thread-safe. Serializable, so that sums can be joined across processes.
 */
public final class RollUp implements Serializable {
  private static final long serialVersionUID = 1L;

  private record Key(String name, String kind) implements Comparable<Key>, Serializable {
    @Override
    public int compareTo(Key other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : kind.compareTo(other.kind);
    }
  }

  private final TreeMap<Key, RollUpGroup> groups = new TreeMap<>();

  /** A roll-up of nothing. */
  public RollUp() {}

  /** Adds one recording. */
  public void add(Outline outline) {
    group(outline.header().name(), outline.header().kind()).add(outline);
  }

  /** Adds all that another roll-up holds, which stays as it is. */
  public void join(RollUp other) {
    for (RollUpGroup group : other.groups.values()) {
      group(group.name(), group.kind()).join(group);
    }
  }

  private RollUpGroup group(String name, String kind) {
    return groups.computeIfAbsent(new Key(name, kind), key -> new RollUpGroup(name, kind));
  }

  /** One group for each name and kind, by name. */
  public Collection<RollUpGroup> groups() {
    return groups.values();
  }

  /** All groups as one, which has neither name nor kind. */
  public RollUpGroup total() {
    RollUpGroup total = new RollUpGroup("", "");
    groups.values().forEach(total::join);
    return total;
  }
}

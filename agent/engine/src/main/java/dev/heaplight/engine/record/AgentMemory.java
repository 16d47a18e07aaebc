package dev.heaplight.engine.record;

import dev.heaplight.engine.live.LiveSet;
import dev.heaplight.engine.sample.PendingSamples;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.engine.weave.SiteTable;

/**
 * The agent's own memory and its bound.
 *
 * <p>Estimated from the numbers of things the agent keeps, since the JVM does not say who holds
 * what. When the bound is reached the agent degrades by name instead of growing: stacks that are
 * not known yet are recorded by their allocation site alone, and no more objects are followed.
 * Totals stay exact. Thread-safe.
 */
public final class AgentMemory {
  /** Bound unless told otherwise. */
  public static final long DEFAULT_LIMIT_BYTES = 64L << 20;

  /** What every recording says from then on. */
  public static final String DEGRADED =
      "The agent's memory reached its limit (max-memory): stacks that were new from then on are"
          + " recorded by their allocation site alone, and live bytes rest on earlier samples."
          + " Totals are exact.";

  /** An unresolved stack of ordinary depth. */
  private static final long PENDING_BYTES = 1_500;

  /** A site with its key and strings, which it shares. */
  private static final long SITE_BYTES = 144;

  private final long limitBytes;
  private final SiteTable sites;
  private final StackTable stacks;
  private volatile long usedBytes;
  private volatile boolean isShort;

  /** A bound of {@code limitBytes} for what these tables and all scopes take. */
  public AgentMemory(long limitBytes, SiteTable sites, StackTable stacks) {
    this.limitBytes = limitBytes;
    this.sites = sites;
    this.stacks = stacks;
  }

  /** The bound in bytes. */
  long limitBytes() {
    return limitBytes;
  }

  /** The estimate as of the last {@link #measure}. */
  long usedBytes() {
    return usedBytes;
  }

  /** Whether the bound was reached; stays so. */
  boolean isShort() {
    return isShort;
  }

  /**
   * Estimates anew.
   *
   * @param scopeBytes what open scopes take
   * @return whether the bound was reached for the first time
   */
  boolean measure(long scopeBytes) {
    usedBytes =
        scopeBytes
            + sites.count() * SITE_BYTES
            + stacks.bytes()
            + LiveSet.totalBytes()
            + PendingSamples.total() * PENDING_BYTES;
    if (usedBytes <= limitBytes || isShort) {
      return false;
    }
    isShort = true;
    stacks.setFull();
    return true;
  }
}

package dev.heaplight.engine.record;

import dev.heaplight.engine.live.LiveSet;
import dev.heaplight.engine.live.SurvivorWatch;
import dev.heaplight.engine.sample.PendingSamples;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.engine.weave.SiteTable;

/**
 * The agent's own memory and its bound.
 *
 * <p>Estimated from the numbers of things the agent keeps, since the JVM does not say who holds
 * what. When the bound is reached the agent degrades by name instead of growing: stacks that are
 * not known yet are recorded by their allocation site alone, no more objects are followed, and
 * threads that come to a scope from then on count together. Totals stay exact. Thread-safe.
 */
public final class AgentMemory {
  /** Bound unless told otherwise. */
  public static final long DEFAULT_LIMIT_BYTES = 64L << 20;

  /** What every recording says from then on. */
  public static final String DEGRADED =
      "The agent's memory reached its limit (max-memory): stacks that were new from then on are"
          + " recorded by their allocation site alone, threads that came later count as one, and"
          + " live bytes rest on earlier samples. Totals are exact.";

  /** An unresolved stack of ordinary depth. */
  private static final long PENDING_BYTES = 1_500;

  /** A site with its key and strings, which it shares. */
  private static final long SITE_BYTES = 144;

  private final long limitBytes;
  private final SiteTable sites;
  private final StackTable stacks;
  private final SurvivorWatch survivors;
  private volatile long scopeBytes;
  private volatile boolean isShort;

  /**
   * A bound of {@code limitBytes} for what these tables and all scopes take.
   *
   * @param survivors closed scopes, which are let go before anything is degraded
   */
  public AgentMemory(long limitBytes, SiteTable sites, StackTable stacks, SurvivorWatch survivors) {
    this.survivors = survivors;
    this.limitBytes = limitBytes;
    this.sites = sites;
    this.stacks = stacks;
  }

  /** The bound in bytes. */
  long limitBytes() {
    return limitBytes;
  }

  /** The estimate, with what scopes took at the last {@link #measure}. */
  long usedBytes() {
    return scopeBytes
        + sites.count() * SITE_BYTES
        + stacks.bytes()
        + LiveSet.totalBytes()
        + PendingSamples.total() * PENDING_BYTES;
  }

  /** Whether the bound was reached; stays so. */
  boolean isShort() {
    return isShort;
  }

  /**
   * Estimates anew.
   *
   * @param newScopeBytes what open scopes take
   * @return whether the bound was reached for the first time
   */
  boolean measure(long newScopeBytes) {
    scopeBytes = newScopeBytes;
    if (!isShort && usedBytes() > limitBytes) {
      survivors.letGo();
    }
    if (isShort || usedBytes() <= limitBytes) {
      return false;
    }
    isShort = true;
    stacks.setFull();
    return true;
  }
}

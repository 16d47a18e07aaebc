package dev.heaplight.monitor.retry;

import dev.heaplight.monitor.forensics.Verdict;

/**
 * What is left of the retries of one piece of work.
 *
 * <p>A kill by the monitor takes one of the memory retries. All other failures, kills by the kernel
 * among them, take one of the ordinary ones, so that an endless budget for the one is none for the
 * other.
 */
public final class RetryBudget {
  /** Stands for a budget without end. */
  public static final int ENDLESS = -1;

  private int memoryRetries;
  private int otherRetries;
  private int memoryKills;
  private int otherFailures;

  /** What happens after an end. */
  public enum Next {
    /** The work is done. */
    DONE,
    /** It is tried again. */
    RETRY,
    /** Its budget is used up. */
    EXHAUSTED,
    /** It cannot fit, however often it is tried. */
    REFUSED
  }

  /**
   * A budget that is not used yet.
   *
   * @param memoryRetries retries after kills by the monitor, or {@link #ENDLESS}
   * @param otherRetries retries after all other failures, or {@link #ENDLESS}
   */
  public RetryBudget(int memoryRetries, int otherRetries) {
    this.memoryRetries = memoryRetries;
    this.otherRetries = otherRetries;
  }

  /**
   * Takes an end into account.
   *
   * @param verdict how it ended
   * @param forMemory whether the monitor killed it, or failed a task of it whose error ended it
   * @param failed whether that is a failure where the verdict leaves it open
   * @param fitsNever whether it alone would be over the threshold again
   */
  public Next ended(Verdict verdict, boolean forMemory, boolean failed, boolean fitsNever) {
    if (forMemory) {
      memoryKills++;
      if (fitsNever) {
        return Next.REFUSED;
      }
      memoryRetries = take(memoryRetries);
      return memoryRetries == EMPTY ? Next.EXHAUSTED : Next.RETRY;
    }
    if (verdict == Verdict.CLEAN || !failed) {
      return Next.DONE;
    }
    otherFailures++;
    otherRetries = take(otherRetries);
    return otherRetries == EMPTY ? Next.EXHAUSTED : Next.RETRY;
  }

  /** Kills by the monitor so far. */
  public int memoryKills() {
    return memoryKills;
  }

  /** Other failures so far. */
  public int otherFailures() {
    return otherFailures;
  }

  private static final int EMPTY = -2;

  private static int take(int left) {
    return left == ENDLESS ? ENDLESS : left == 0 || left == EMPTY ? EMPTY : left - 1;
  }
}

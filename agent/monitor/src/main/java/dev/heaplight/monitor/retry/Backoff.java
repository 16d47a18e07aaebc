package dev.heaplight.monitor.retry;

/**
 * How long to wait before an attempt: 1 s, 2 s, 4 s and so on up to 60 s, each less a random part
 * of up to a half, so that many that failed together do not come back together.
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 60_000;

  private Backoff() {}

  /**
   * The delay before a retry.
   *
   * @param retry number of the retry, from 1
   * @param chance uniformly distributed from 0 to 1
   */
  public static long delayMillis(int retry, double chance) {
    int doublings = Math.min(Math.max(0, retry - 1), 6);
    long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << doublings);
    return longest - (long) (longest / 2.0 * Math.min(1, Math.max(0, chance)));
  }
}

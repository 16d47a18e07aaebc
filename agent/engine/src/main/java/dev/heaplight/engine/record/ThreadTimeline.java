package dev.heaplight.engine.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which scope one thread worked for at which time, so that samples which are only read later find
 * theirs. Guarded by the thread's {@link ThreadRecord}.
 *
 * <p>Bound: a change is forgotten where nothing was sampled since the one before, which the
 * profiler tells for each thread; so there are never many more changes than samples.
 */
final class ThreadTimeline {
  /** Where the profiler does not tell; more than these are not kept apart. */
  static final int MAX_CHANGES = 1 << 14;

  private static final int FIRST_CHANGES = 8;

  private long[] nanos = new long[FIRST_CHANGES];
  private @Nullable ThreadScope[] shares = new ThreadScope[FIRST_CHANGES];
  private int count;

  /**
   * The thread works for {@code share} from now on.
   *
   * @param lastSampleNanos when the thread was last sampled
   */
  void change(@Nullable ThreadScope share, long nowNanos, long lastSampleNanos) {
    if (count > 0 && shares[count - 1] == share) {
      return;
    }
    if (count > 1 && (lastSampleNanos < nanos[count - 1] || count == MAX_CHANGES)) {
      count--; // nobody will ask for what lies between
    }
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
      shares = Arrays.copyOf(shares, count * 2);
    }
    nanos[count] = nowNanos;
    shares[count] = share;
    count++;
  }

  /** What the thread worked for at a time; null if for no scope. */
  @Nullable ThreadScope at(long sampleNanos) {
    for (int i = count - 1; i >= 0; i--) {
      if (nanos[i] <= sampleNanos) {
        return shares[i];
      }
    }
    return null;
  }

  /** Forgets what was before a time, but for what still held then. */
  void forgetBefore(long beforeNanos) {
    int first = count - 1;
    while (first > 0 && nanos[first] > beforeNanos) {
      first--;
    }
    if (first > 0) {
      System.arraycopy(nanos, first, nanos, 0, count - first);
      System.arraycopy(shares, first, shares, 0, count - first);
      Arrays.fill(shares, count - first, count, null);
      count -= first;
    }
  }
}

package dev.heaplight.engine.sample;

/**
 * How much of what one site counted was not allocated, because the JIT compiler did without the
 * objects. Not thread-safe.
 *
 * <p>The compiler changes its mind when it compiles: what a sample found holds until another one
 * finds otherwise, and between two that differ the change is put in the middle. So the share is
 * near exact where it changes with time alone. Where one site is compiled into two places, and in
 * one of them objects are removed, samples alternate and this is a mean of theirs.
 *
 * <p>What was handed out is not taken back: a later sample only changes what comes after.
 */
final class RemovedShare {
  private boolean removedLast;
  private boolean sampled;
  private long lastCount;
  private long count;
  private double removed;
  private long taken;

  /**
   * Takes what a sample found; the samples of a site in the order they were taken in.
   *
   * @param itsCount the site's count with the sampled object, in objects or in bytes
   */
  void sampled(boolean itsRemoved, long itsCount) {
    if (itsRemoved == removedLast || !sampled) {
      removedLast = itsRemoved;
      advance(itsCount);
    } else {
      advance((lastCount + itsCount) / 2);
      removedLast = itsRemoved;
      advance(itsCount);
    }
    sampled = true;
    lastCount = itsCount;
  }

  /** The site has counted this much; since the last sample it was as that one found. */
  void advance(long itsCount) {
    if (itsCount > count) {
      removed += removedLast ? itsCount - count : 0;
      count = itsCount;
    }
  }

  /** What was removed since the last call. */
  long take() {
    long all = Math.round(removed);
    long more = all - taken;
    taken = all;
    return more;
  }
}

package dev.heaplight.engine.record;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one scope and what is known of its use.
 *
 * <p>Allocated bytes are those counted as of each thread's last look, less what the JIT compiler
 * was found to have removed, which is taken back before anything is thrown; threads look more often
 * as the limit comes near. Live bytes are known at collections only.
 *
 * <p>After an error was thrown the limit is a tenth further away, so that the application can clean
 * up, and one that goes on regardless is stopped again.
 *
 * <p>Thread-safe.
 */
final class ScopeLimits {
  static final long NONE = Long.MAX_VALUE;

  private static final int REARM_SHARE = 10;
  private static final int MAX_CLOSE_LOOKS = 1_000;
  private static final long PATIENCE_BYTES = 16 << 10;

  private final long allocatedBytes;
  private final long liveBytes;
  private volatile @Nullable Function<Map<String, String>, Error> errors;
  private final AtomicLong used = new AtomicLong();
  private volatile long live;
  private volatile int refusals;
  private volatile long allocatedTrigger;
  private volatile long liveTrigger;

  /** A limit that was reached. */
  record Reached(String kind, long limitBytes, long usedBytes) {}

  /**
   * Creates limits.
   *
   * @param allocatedBytes bytes the scope may allocate, or {@link #NONE}
   * @param liveBytes bytes that may live at a collection, or {@link #NONE}
   * @param errors makes the application's error out of its facts
   */
  ScopeLimits(
      long allocatedBytes, long liveBytes, @Nullable Function<Map<String, String>, Error> errors) {
    this.allocatedBytes = allocatedBytes;
    this.liveBytes = liveBytes;
    this.errors = errors;
    this.allocatedTrigger = allocatedBytes;
    this.liveTrigger = liveBytes;
  }

  /** Adds what a thread allocated since its last look. */
  void allocated(long bytes) {
    used.addAndGet(bytes);
  }

  /** Sets what was allocated so far, which only grows. */
  void use(long bytes) {
    used.accumulateAndGet(bytes, Math::max);
  }

  /** Notes what lived at the last collection. */
  void lived(long bytes) {
    live = bytes;
  }

  /** Bytes that may still be allocated; none when a limit is reached. */
  long remainingBytes() {
    return reached() == null ? allocatedTrigger - used.get() : 0;
  }

  /** Bytes from one look to the next while a limit is reached and nothing could be thrown. */
  long patienceBytes() {
    return refusals < MAX_CLOSE_LOOKS ? 0 : PATIENCE_BYTES;
  }

  /** Notes that a limit is reached and the present allocation must not fail. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // a lost one is one more close look
  void refused() {
    refusals++;
  }

  /** Whether live bytes are limited. */
  boolean limitsLive() {
    return liveBytes != NONE;
  }

  /** Lets go of what makes errors: it is the application's. */
  void end() {
    errors = null;
  }

  boolean liveReached() {
    return live > liveTrigger;
  }

  /** The limit that is reached, or null. */
  @Nullable Reached reached() {
    long allocated = used.get();
    if (allocated > allocatedTrigger) {
      return new Reached("allocated", allocatedBytes, allocated);
    }
    long alive = live;
    return alive > liveTrigger ? new Reached("live", liveBytes, alive) : null;
  }

  /** Sets the limit that was reached further away; false if another thread did. */
  synchronized boolean rearm(Reached reached) {
    refusals = 0;
    if (reached.kind().equals("allocated")) {
      if (used.get() <= allocatedTrigger) {
        return false;
      }
      allocatedTrigger = used.get() + allocatedBytes / REARM_SHARE;
    } else {
      if (live <= liveTrigger) {
        return false;
      }
      liveTrigger = live + liveBytes / REARM_SHARE;
    }
    return true;
  }

  /** The application's error with these facts, or null if none can be made. */
  @Nullable Error error(Map<String, String> facts) {
    Function<Map<String, String>, Error> maker = errors;
    return maker == null ? null : maker.apply(facts);
  }
}

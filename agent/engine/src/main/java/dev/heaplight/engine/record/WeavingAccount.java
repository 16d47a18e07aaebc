package dev.heaplight.engine.record;

import dev.heaplight.engine.weave.ClassWeaver;
import dev.heaplight.hook.ThreadCounters;

/**
 * Keeps what weaving allocates in an application thread out of that thread's recordings: the hooks
 * are off meanwhile, and the JVM's count is reduced by as much.
 */
public final class WeavingAccount implements ClassWeaver.WeavingMeter {
  private static final long NOT_COUNTING = -1;
  private static final long ARRAY_HEADER_BYTES = 16L;

  private final JvmCounts jvm;

  /** Creates an account over the JVM's counts. */
  public WeavingAccount(JvmCounts jvm) {
    this.jvm = jvm;
  }

  @Override
  public long before() {
    ThreadCounters counters = ThreadCounters.ofCurrentThread();
    if (!counters.active()) {
      return NOT_COUNTING;
    }
    counters.setActive(false);
    return jvm.allocatedByCurrentThread();
  }

  @Override
  public void after(long token, int classFileBytes) {
    if (token == NOT_COUNTING) {
      return;
    }
    ThreadCounters counters = ThreadCounters.ofCurrentThread();
    if (counters.attachment() instanceof ThreadRecord thread) {
      ThreadScope share = thread.current();
      if (share != null) {
        // The JVM made the array with the class file for the weaver, before it was called.
        long classFile = classFileBytes + ARRAY_HEADER_BYTES;
        share.addAgentBytes(jvm.allocatedByCurrentThread() - token + classFile);
      }
    }
    counters.setActive(true);
  }
}

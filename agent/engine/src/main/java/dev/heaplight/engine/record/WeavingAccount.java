package dev.heaplight.engine.record;

import dev.heaplight.engine.weave.ClassWeaver;
import dev.heaplight.hook.ThreadCounters;
import dev.heaplight.hook.ThreadTable;

/**
 * Keeps what weaving allocates in an application thread out of that thread's recordings: the hooks
 * are off meanwhile, and the JVM's count is reduced by as much.
 */
public final class WeavingAccount implements ClassWeaver.WeavingMeter {
  private static final long NOT_COUNTING = -1;

  private final JvmCounts jvm;

  /** Creates an account over the JVM's counts. */
  public WeavingAccount(JvmCounts jvm) {
    this.jvm = jvm;
  }

  @Override
  public long before() {
    ThreadTable.followRecall();
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    if (!counters.active()) {
      return NOT_COUNTING;
    }
    counters.setActive(false);
    return jvm.allocatedByCurrentThread();
  }

  @Override
  public void after(long token, long allocatedByJvm) {
    if (token == NOT_COUNTING) {
      return;
    }
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    if (counters.attachment() instanceof ThreadRecord thread) {
      ThreadScope share = thread.current();
      if (share != null) {
        share.addAgentBytes(jvm.allocatedByCurrentThread() - token + allocatedByJvm);
      }
    }
    counters.setActive(true);
  }
}

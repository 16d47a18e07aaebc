package dev.heaplight.engine;

import dev.heaplight.hook.AllocationHook;
import dev.heaplight.hook.HandOver;
import dev.heaplight.hook.OffHeapHook;
import dev.heaplight.hook.SharedPages;
import dev.heaplight.hook.ThreadCounters;
import dev.heaplight.hook.ThreadTable;

/**
 * Runs each hook switched on and off before the application does.
 *
 * <p>The JVM compiles a branch that was never taken as if it never would be. Hooks that were only
 * seen switched off would so make the first scope throw away all compiled code at once, which was
 * measured as a five-fold slowdown for a second.
 *
 * <p>Twice: before most classes are compiled, so that no code is compiled for hooks that are always
 * off, and when all are woven. Weaving the JDK's classes throws away the hooks' own compiled code
 * with everything else that calls the JDK; without the second time a first scope ran the hooks in
 * the interpreter and in profiled code for seconds, at a tenth of the speed.
 */
final class HookTraining {
  /** Enough for the JVM's second compiler to have compiled the hooks with both outcomes seen. */
  private static final int ROUNDS = 12_000;

  private static final int ROUNDS_OF_A_PAGE = 64;
  private static final int SITE = 0;

  private HookTraining() {}

  /** Trains the hooks; on a thread that is not counted, before a scope is open. */
  static void run() {
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    Object instance = new Object();
    Object[] references = {instance};
    int[][] nested = new int[2][2];
    for (int round = 0; round < ROUNDS; round++) {
      if (round % ROUNDS_OF_A_PAGE == 0) {
        newPage(counters);
      }
      AllocationHook.enable((round & 1) == 0);
      counters.setActive((round & 2) == 0);
      counters.setCountdownBytes((round & 4) == 0 ? Long.MAX_VALUE : 0);
      AllocationHook.object(instance, SITE);
      AllocationHook.array(references, SITE);
      AllocationHook.array(new byte[0], SITE);
      AllocationHook.array(new char[0], SITE);
      AllocationHook.array(nested[0], SITE);
      AllocationHook.array(new long[0], SITE);
      AllocationHook.any(references, SITE);
      AllocationHook.any(nested[0], SITE);
      AllocationHook.any(new byte[0], SITE);
      AllocationHook.any(instance, SITE); // and its table of sizes is made now, not inside a scope
      AllocationHook.nested(nested, SITE);
      AllocationHook.rehearse(counters, SITE);
      OffHeapHook.track((round & 1) == 0);
      OffHeapHook.freed(OffHeapHook.allocated(0, 0));
      handOver(instance, round);
    }
    OffHeapHook.track(false);
    trainShared(counters, instance);
    AllocationHook.enable(false);
    counters.setActive(false);
    ThreadTable.forgetCurrentThread();
  }

  /** A site without a page is a branch to train as well. */
  private static void newPage(ThreadCounters counters) {
    counters.setPages(new long[1][]);
    counters.setActive(true);
    AllocationHook.enable(true);
    AllocationHook.array(new long[0], ThreadCounters.PAGE_SITES); // in the second page
    counters.setPages(new long[1][]);
    AllocationHook.object(counters, ThreadCounters.PAGE_SITES);
    AllocationHook.array(new long[0], SITE); // makes the first one
    counters.pages()[0][1] = Long.BYTES; // as if a site's first allocation had been seen
  }

  /** As if a virtual thread counted. */
  private static void trainShared(ThreadCounters counters, Object instance) {
    SharedPages shared = new SharedPages();
    counters.setSharedPages(shared);
    AllocationHook.enable(true);
    counters.setCountdownBytes(Long.MAX_VALUE);
    counters.setActive(true);
    for (int round = 0; round < ROUNDS; round++) {
      AllocationHook.any(instance, SITE);
      AllocationHook.array(new long[0], SITE);
    }
  }

  private static void handOver(Object task, int round) {
    HandOver.queued(task);
    HandOver.forked(task, null);
    HandOver.kept(HandOver.class);
    HandOver.enterTask(task);
    HandOver.enterForked((round & 8) == 0 ? task : HandOver.class);
    HandOver.leave();
    HandOver.leave();
  }
}

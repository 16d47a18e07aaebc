package dev.heaplight.agent.worker;

import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the agent still remembers of work and threads that are gone. */
final class LeftBehind {
  private static final int FEW = 64;

  private LeftBehind() {}

  /** The agent's figures, once they have come down or will not any more. */
  static String figures() throws ReflectiveOperationException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (tasks() > 0 || threads() > FEW) {
      if (System.nanoTime() > deadline) {
        break;
      }
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return "tasks=" + tasks() + " threads=" + (threads() > FEW ? threads() : "few");
  }

  private static int tasks() throws ReflectiveOperationException {
    return call("HandOver", "waitingTasks");
  }

  private static int threads() throws ReflectiveOperationException {
    return call("ThreadTable", "registeredThreads");
  }

  private static int call(String type, String name) throws ReflectiveOperationException {
    Method method = Class.forName("dev.heaplight.hook." + type, true, null).getMethod(name);
    return (int) method.invoke(null);
  }
}

package dev.heaplight;

import java.util.concurrent.Callable;

/** A task with a result that runs in a scope, wherever it runs. */
final class ScopedCall<T> implements Callable<T> {
  private final AgentBridge bridge;
  private final Object handle;
  private final Callable<T> task;

  ScopedCall(AgentBridge bridge, Object handle, Callable<T> task) {
    this.bridge = bridge;
    this.handle = handle;
    this.task = task;
  }

  @Override
  public T call() throws Exception {
    bridge.enter(handle);
    try {
      return task.call();
    } finally {
      bridge.leave(handle);
    }
  }
}

package dev.heaplight;

/** A task that runs in a scope, wherever it runs. */
final class ScopedTask implements Runnable {
  private final AgentBridge bridge;
  private final Object handle;
  private final Runnable task;

  ScopedTask(AgentBridge bridge, Object handle, Runnable task) {
    this.bridge = bridge;
    this.handle = handle;
    this.task = task;
  }

  @Override
  public void run() {
    bridge.enter(handle);
    try {
      task.run();
    } finally {
      bridge.leave(handle);
    }
  }
}

package dev.heaplight.engine.record;

/**
 * A thread of the agent's own: a daemon, without the starter's thread locals, and never part of a
 * scope.
 */
public abstract class AgentThread extends Thread {
  protected AgentThread(String name) {
    super(null, null, name, 0, false);
    setDaemon(true);
  }
}

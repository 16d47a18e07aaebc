package dev.heaplight.engine.sample;

/** Tells the agent's own classes, those of the profiler in it included, by their names. */
public final class AgentClasses {
  private static final String[] PACKAGES = {
    "dev.heaplight.hook.", "dev.heaplight.engine.", "one.profiler.", "one.jfr."
  };

  private AgentClasses() {}

  /** Whether the class of this name, with dots, is the agent's. */
  public static boolean contain(String className) {
    for (String agentPackage : PACKAGES) {
      if (className.startsWith(agentPackage)) {
        return true;
      }
    }
    return false;
  }
}

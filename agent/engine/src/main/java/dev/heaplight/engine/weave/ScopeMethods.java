package dev.heaplight.engine.weave;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The methods that open a scope without a change to their code. Immutable. */
public final class ScopeMethods {
  private final Map<String, Map<String, Integer>> numbersByClass = new HashMap<>();
  private final List<Target> targets;

  /**
   * A method, with all its overloads.
   *
   * @param className as in source, with {@code $} between nested classes
   * @param methodName no constructor
   * @param passes what is wanted to know of a call
   */
  public record Target(String className, String methodName, Passes passes) {}

  /** What a method passes on as it begins. */
  public enum Passes {
    /** That it begins. */
    NOTHING,
    /** Its receiver and arguments, which makes an array of them at each call. */
    CALL,
    /** The same, and only once the agent is ready: it waits for nothing. */
    CALL_IF_READY
  }

  /** Of these methods, numbered from 0; of those that are named twice the first counts. */
  public ScopeMethods(List<Target> targets) {
    this.targets = List.copyOf(targets);
    for (int number = 0; number < targets.size(); number++) {
      Target target = targets.get(number);
      numbersByClass
          .computeIfAbsent(target.className().replace('.', '/'), unused -> new HashMap<>())
          .putIfAbsent(target.methodName(), number);
    }
  }

  /** What the method of this number is to pass on. */
  Passes passes(int number) {
    return targets.get(number).passes();
  }

  /** Numbers by method name, empty if no method of the class opens a scope. */
  Map<String, Integer> of(String internalClassName) {
    return numbersByClass.getOrDefault(internalClassName, Map.of());
  }
}

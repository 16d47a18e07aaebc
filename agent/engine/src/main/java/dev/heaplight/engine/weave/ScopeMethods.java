package dev.heaplight.engine.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The methods that open a scope without a change to their code, as the {@code scope=} option names
 * them: {@code com.acme.Job.run} for every overload of a method.
 */
public final class ScopeMethods {
  private final Map<String, Map<String, Integer>> numbersByClass = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /**
   * Splits {@code class.method} names.
   *
   * @throws IllegalArgumentException if a name has no class or names a constructor
   */
  public ScopeMethods(List<String> qualifiedNames) {
    for (String name : qualifiedNames) {
      int dot = name.lastIndexOf('.');
      if (dot <= 0 || dot == name.length() - 1 || name.endsWith("init>")) {
        throw new IllegalArgumentException("scope: expected=package.Class.method, actual=" + name);
      }
      numbersByClass
          .computeIfAbsent(name.substring(0, dot).replace('.', '/'), unused -> new HashMap<>())
          .put(name.substring(dot + 1), names.size());
      names.add(name);
    }
  }

  /** Name of the method with this number, as the option gave it. */
  public String name(int number) {
    return names.get(number);
  }

  /** Numbers by method name, empty if no method of the class opens a scope. */
  Map<String, Integer> of(String internalClassName) {
    return numbersByClass.getOrDefault(internalClassName, Map.of());
  }
}

package dev.heaplight.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the scope of the whole process is called. */
final class ProcessScope {
  private ProcessScope() {}

  /** The request for such a scope, as {@code Scopes} takes it. */
  static Map<String, String> request() {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("name", name());
    request.put("kind", "process");
    request.put("id", Long.toString(ProcessHandle.current().pid()));
    request.put("attribute.command", System.getProperty("sun.java.command", ""));
    return request;
  }

  /** The main class without its package, or the jar without its path. */
  private static String name() {
    String command = System.getProperty("sun.java.command", "process");
    int space = command.indexOf(' ');
    String program = space < 0 ? command : command.substring(0, space);
    int slash = Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\'));
    String name = program.substring(slash + 1);
    if (name.endsWith(".jar")) {
      return name.substring(0, name.length() - ".jar".length());
    }
    return name.isEmpty() ? "process" : name.substring(name.lastIndexOf('.') + 1);
  }
}

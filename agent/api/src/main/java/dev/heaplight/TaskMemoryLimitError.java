package dev.heaplight;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scope has used more memory than its limit allows, or than its node has left.
 *
 * <p>Thrown by an allocation of the scope, in the thread that allocates, so that the task fails and
 * nothing else does. Not an {@link OutOfMemoryError}: the JVM has memory left, and frameworks end
 * the whole worker for that one.
 *
 * <p>Immutable.
 */
public final class TaskMemoryLimitError extends Error {
  private static final long serialVersionUID = 1L;

  private final String scope;
  private final String scopeId;
  private final String limit;
  private final long limitBytes;
  private final long usedBytes;
  private final String hottestStack;
  private final String recording;
  private final String report;
  private final int attempt;
  private final boolean retriable;

  private TaskMemoryLimitError(Map<String, String> facts) {
    super(message(facts));
    this.scope = facts.getOrDefault("scope", "");
    this.scopeId = facts.getOrDefault("id", "");
    this.limit = facts.getOrDefault("limit", "");
    this.limitBytes = Long.parseLong(facts.getOrDefault("limitBytes", "0"));
    this.usedBytes = Long.parseLong(facts.getOrDefault("usedBytes", "0"));
    this.hottestStack = facts.getOrDefault("hottestStack", "");
    this.recording = facts.getOrDefault("recording", "");
    this.report = facts.getOrDefault("report", "");
    this.attempt = Integer.parseInt(facts.getOrDefault("attempt", "1"));
    this.retriable = Boolean.parseBoolean(facts.getOrDefault("retriable", "true"));
  }

  /** Made by the agent, which knows this class only as a function. */
  static TaskMemoryLimitError of(Map<String, String> facts) {
    TaskMemoryLimitError error = new TaskMemoryLimitError(facts);
    StackTraceElement[] trace = error.getStackTrace();
    int application = 0;
    while (application < trace.length && isAgent(trace[application].getClassName())) {
      application++;
    }
    error.setStackTrace(Arrays.copyOfRange(trace, application, trace.length));
    return error;
  }

  private static boolean isAgent(String className) {
    return className.equals(TaskMemoryLimitError.class.getName())
        || className.startsWith("dev.heaplight.hook.")
        || className.startsWith("dev.heaplight.engine.");
  }

  private static String message(Map<String, String> facts) {
    String stack = facts.getOrDefault("hottestStack", "");
    String hottest =
        stack.isEmpty() ? "" : "hottest stack:\n    at " + stack.replace("\n", "\n    at ");
    String message = facts.get("message");
    if (message != null) {
      return hottest.isEmpty() ? message : message + "\n" + hottest;
    }
    return "task memory limit reached: scope="
        + facts.get("scope")
        + ", id="
        + facts.get("id")
        + ", limit="
        + facts.get("limitBytes")
        + " bytes "
        + facts.get("limit")
        + ", used="
        + facts.get("usedBytes")
        + " bytes, recording="
        + facts.get("recording")
        + (hottest.isEmpty() ? "" : ", " + hottest);
  }

  /** Name of the scope. */
  public String scope() {
    return scope;
  }

  /** Identifier of the scope. */
  public String scopeId() {
    return scopeId;
  }

  /**
   * What is limited: {@code allocated} or {@code live}, by the scope's own limit, or {@code node},
   * where the memory of the node or of a cgroup ran short and this task was chosen to fail.
   */
  public String limit() {
    return limit;
  }

  /** The limit in bytes; of the node, use above which a task is chosen, 0 if that is not known. */
  public long limitBytes() {
    return limitBytes;
  }

  /**
   * What the scope used, in bytes, when the limit was found to be reached; 0 if that is not known.
   */
  public long usedBytes() {
    return usedBytes;
  }

  /** The stack that used most, innermost frame first; empty if it is not known. */
  public List<String> hottestStack() {
    return hottestStack.isEmpty() ? List.of() : List.of(hottestStack.split("\n", -1));
  }

  /** Which attempt at the task this was, from 1, as its opener said. */
  public int attempt() {
    return attempt;
  }

  /** Whether the task may be started again, as its opener said. */
  public boolean retriable() {
    return retriable;
  }

  /**
   * The report of the memory monitor, a JSON file; empty if the scope reached its own limit, or the
   * monitor had not said in time.
   */
  public Optional<Path> report() {
    return report.isEmpty() ? Optional.empty() : Optional.of(Path.of(report));
  }

  /** The scope's recording, flushed just before. */
  public Path recording() {
    return Path.of(recording);
  }
}

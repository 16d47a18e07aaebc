package dev.heaplight.engine;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The agent's one voice: lines on the standard error stream, each kind of line once.
 *
 * <p>Thread-safe. Never throws. Repeats are counted and told by {@link #summarise}.
 */
public final class AgentLog {
  private static final int MAX_KINDS = 1000;

  private final PrintStream out;
  private final boolean verbose;
  private final Map<String, Repeats> kinds = new HashMap<>();

  private static final class Repeats {
    private final String first;
    private long count = 1;
    private String last;

    Repeats(String first) {
      this.first = first;
      this.last = first;
    }
  }

  /** Creates a log; {@code verbose} adds stack traces. */
  public AgentLog(PrintStream out, boolean verbose) {
    this.out = out;
    this.verbose = verbose;
  }

  /** Prints one line: {@code heaplight: what: why}. */
  public void line(String what) {
    out.println("heaplight: " + what);
  }

  /**
   * Reports a failure, the first of its kind at once and the others at the end.
   *
   * @param what kind of failure, without varying parts
   * @param subject what failed, for instance a class name
   */
  public void report(String what, String subject, Throwable cause) {
    try {
      reportFirst(what, subject, cause);
    } catch (Throwable again) {
      // Out of memory, most likely as the cause is: the line is lost, the caller goes on.
      return;
    }
  }

  private synchronized void reportFirst(String what, String subject, Throwable cause) {
    String detail = subject + ", cause=" + cause;
    Repeats repeats = kinds.get(what);
    if (repeats != null) {
      repeats.count++;
      repeats.last = detail;
      return;
    }
    if (kinds.size() < MAX_KINDS) {
      kinds.put(what, new Repeats(detail));
    }
    line(what + ": " + detail);
    if (verbose) {
      cause.printStackTrace(out);
    }
  }

  /** Prints, for each kind of failure that came again, how often it did. */
  public synchronized void summarise() {
    kinds.forEach(
        (what, repeats) -> {
          if (repeats.count > 1) {
            line(
                what
                    + ": count="
                    + repeats.count
                    + ", first="
                    + repeats.first
                    + ", last="
                    + repeats.last);
          }
        });
  }
}

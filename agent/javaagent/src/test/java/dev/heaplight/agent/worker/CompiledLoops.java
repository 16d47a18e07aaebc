package dev.heaplight.agent.worker;

import dev.heaplight.TaskMemoryLimitError;
import dev.heaplight.Tracker;
import java.util.ArrayList;
import java.util.List;

/**
 * Loops long enough to be compiled, with objects that the JIT compiler can do without, objects that
 * die at once and objects that stay.
 */
public final class CompiledLoops {
  private static final int STAYS_EACH = 100;

  private static Object latest = "none";
  private static long sum;

  private CompiledLoops() {}

  /** Nobody keeps it: compiled code needs none. */
  static final class Point {
    private final int x;
    private final int y;

    Point(int x, int y) {
      this.x = x;
      this.y = y;
    }

    int distance() {
      return Math.abs(x) + Math.abs(y);
    }
  }

  /** Escapes to a static field. */
  static final class Kept {
    private final long number;

    Kept(long number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return "Kept " + number;
    }
  }

  /** Takes the number of rounds. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    List<Object> stay = new ArrayList<>(rounds / STAYS_EACH + 1);
    loop(rounds, stay); // compiled before any scope is open
    stay.clear();
    System.gc();
    try (Tracker tracker = Tracker.named("loops").collectOnClose().open()) {
      loop(rounds, stay);
    }
    System.out.println("limit=" + limited(rounds));
    System.out.println("done, stay=" + stay.size() + ", sum=" + sum + ", latest=" + latest);
  }

  /** Objects that take twelve times the limit, if they are made. */
  private static String limited(int rounds) {
    try (Tracker tracker = Tracker.named("limited").limitAllocated(2L * rounds).open()) {
      for (int i = 0; i < rounds; i++) {
        removable(i);
      }
      return "kept";
    } catch (TaskMemoryLimitError e) {
      return "reached";
    }
  }

  private static void loop(int rounds, List<Object> stay) {
    for (int i = 0; i < rounds; i++) {
      removable(i);
      escaping(i);
      if (i % STAYS_EACH == 0) {
        staying(i, stay);
      }
    }
  }

  private static void removable(int i) {
    sum += new Point(i, -i).distance();
  }

  private static void escaping(int i) {
    latest = new Kept(i);
  }

  private static void staying(int i, List<Object> stay) {
    stay.add(new long[i % 8]);
  }
}

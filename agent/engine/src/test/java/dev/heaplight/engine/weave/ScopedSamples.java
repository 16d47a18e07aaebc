package dev.heaplight.engine.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Methods that are to be scopes, each with another way to end. Woven by tests. */
final class ScopedSamples {
  private int calls;

  /** A method that overrides a generic one, for which javac adds a bridge. */
  static final class Shout implements UnaryOperator<String> {
    @Override
    public String apply(String text) {
      return text + "!";
    }
  }

  /** Gets a bridge to its superclass's method, which callers elsewhere could not call. */
  public static final class Visible extends Hidden {}

  static class Hidden {
    public String inherited() {
      return "inherited";
    }
  }

  static String returns(int choice) {
    if (choice == 0) {
      return "zero";
    }
    for (int i = 0; i < choice; i++) {
      if (i == 3) {
        return "more than three";
      }
    }
    return "some";
  }

  static long returnsLong(long first, double second) {
    long sum = first;
    double half = second / 2;
    return sum + (long) half;
  }

  @SuppressWarnings("TooManyParameters") // one of each sort
  String takesAll(
      boolean z, byte b, char c, short s, int i, long j, float f, double d, String t, int[] a) {
    return "" + z + b + c + s + i + j + f + d + t + a[0];
  }

  static String takesStatic(long j, String t) {
    return j + t;
  }

  static void throwsOut(int choice) {
    List<Integer> numbers = new ArrayList<>();
    numbers.add(choice);
    if (choice > 0) {
      throw new IllegalStateException("choice=" + numbers.get(0));
    }
  }

  static String catchesItsOwn(String text) {
    String result = "";
    try {
      result += Integer.parseInt(text);
    } catch (NumberFormatException e) {
      result += "no number";
    } finally {
      result += ".";
    }
    return result;
  }

  static int loopsFromItsStart(int count) {
    while (count > 0) {
      count--;
    }
    return count;
  }

  static int recurses(int depth) {
    return depth == 0 ? 0 : 1 + recurses(depth - 1);
  }

  synchronized int counts() {
    return ++calls;
  }

  static String overloaded(int number) {
    return "int " + number;
  }

  static String overloaded(String text) {
    return "text " + text;
  }
}

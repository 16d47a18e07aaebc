package dev.heaplight.engine.weave;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every way to allocate, each in a method that returns what it computed. Woven by tests. */
@SuppressWarnings({"StatementSwitchToExpressionSwitch", "UnnecessaryStringBuilder"})
final class AllocatingSamples {
  private AllocatingSamples() {}

  record Pair(@Nullable Object left, @Nullable Object right) {}

  record Holder(long value) {}

  static class Base {
    final int size;

    Base(int[] sizes, Object marker) {
      size = sizes.length + marker.getClass().getName().length();
    }
  }

  static final class Derived extends Base {
    Derived(int length) {
      super(new int[length], new Object());
    }

    Derived() {
      this(new Derived(3).size);
    }
  }

  static final class Copied implements Cloneable {
    private int value = 5;

    Copied copy() throws CloneNotSupportedException {
      Copied copy = (Copied) super.clone();
      copy.value++;
      return copy;
    }
  }

  static final class Unbuildable {
    Unbuildable() {
      throw new IllegalStateException("never built");
    }
  }

  interface Maker {
    default Object make() {
      return new Holder(9);
    }
  }

  static Object objects() {
    long sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += new Holder(i).value();
    }
    return sum;
  }

  static Object primitiveArrays() {
    return new byte[9].length
        + new boolean[9].length
        + new char[9].length
        + new short[9].length
        + new int[9].length
        + new float[9].length
        + new long[9].length
        + new double[9].length;
  }

  static Object referenceArrays() {
    return new String[3].length + new int[2][].length + new Object[0].length;
  }

  static Object nestedArrays() {
    return new int[2][3][1].length + new long[2][2][].length + new String[4][0].length;
  }

  static Object initialisedArrays() {
    int[][] grid = {{1, 2, 3}, {4}};
    return Arrays.deepToString(grid);
  }

  static Object clones() throws CloneNotSupportedException {
    int[] numbers = {3, 1};
    String[] names = {"a", "b", "c"};
    return numbers.clone().length + names.clone().length + new Copied().copy().value;
  }

  static Object lambdas() {
    int captured = Objects.hash(1);
    IntSupplier capturing = () -> captured + 1;
    IntSupplier stateless = () -> 7;
    Supplier<Integer> bound = "text"::length;
    Supplier<Serializable> serializable = (Supplier<Serializable> & Serializable) () -> captured;
    return capturing.getAsInt() + stateless.getAsInt() + bound.get() + (int) serializable.get();
  }

  static Object concatenation() {
    int number = Objects.hash(1);
    long large = 1L << 40;
    return "number=" + number + ", large=" + large + ", nothing=" + null;
  }

  static Object ternaryArguments() {
    char[] letters = {'x', 'y'};
    boolean spelled = letters.length == 2;
    return new StringBuilder(spelled ? new String(letters) : "none")
        .append(new Holder(spelled ? 1L : new Holder(2).value()).value())
        .toString();
  }

  static Object superArguments() {
    return new Derived().size;
  }

  static Object nestedObjects() {
    return new Pair(
            new Pair(new Holder(1), new Holder(2)), new Pair(null, new Pair(new Holder(3), null)))
        .toString();
  }

  static Object failedConstruction() {
    String result = "";
    try {
      return new Holder(Long.parseLong("no number")).toString();
    } catch (NumberFormatException e) {
      result += new Holder(1);
    } finally {
      result += new Holder(2);
    }
    try {
      result += new Unbuildable().getClass();
    } catch (IllegalStateException e) {
      result += e.getMessage();
    }
    return result;
  }

  static Object wideLocals() {
    long a = 1L << 33;
    double b = 0.5;
    long[] longs = new long[(int) (a >> 32)];
    double[] doubles = new double[(int) (b * 4)];
    double c = b + longs.length;
    return a + b + c + new Holder(a).value() + doubles.length;
  }

  static Object switches() {
    long sum = 0;
    for (String name : new String[] {"one", "two", "other"}) {
      switch (name) {
        case "one":
          sum += new Holder(1).value();
          break;
        case "two":
          sum += new int[2].length;
          break;
        default:
          sum += new Object[3].length;
      }
    }
    return sum;
  }

  static Object switchArguments() {
    int choice = Objects.hash(1) % 2;
    return new Holder(
            switch (choice) {
              case 0 -> {
                try {
                  yield Long.parseLong("x");
                } catch (NumberFormatException e) {
                  yield new Holder(choice + 8L).value();
                }
              }
              case 1 -> throw new IllegalStateException("choice=" + choice);
              default -> new int[4].length;
            })
        .value();
  }

  static Object reflection() {
    Object[] objects = (Object[]) Array.newInstance(String.class, 3);
    Object nested = Array.newInstance(int.class, 2, 3);
    return objects.length + Array.getLength(nested);
  }

  static Object copies() {
    Object[] from = {"a", "b"};
    return Arrays.copyOf(from, 4, String[].class).length
        + Arrays.copyOfRange(from, 1, 2, String[].class).length;
  }

  static Object interfaceMethods() {
    return new Maker() {}.make().toString();
  }

  static Object synchronisedBlocks() {
    Object lock = new Object();
    synchronized (lock) {
      return new Holder(lock.getClass().getModifiers()).value();
    }
  }

  static Object nothing() {
    return Math.max(1, 2);
  }
}

package dev.heaplight.bench.workload;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.ToLongFunction;

/** One operation makes objects and arrays by reflection, clones them and calls through a proxy. */
final class ReflectionCalls implements Workload {
  private static final int ROUNDS = 1_000;

  private final Constructor<Pair> constructor;
  private final Method sum;
  private final ToLongFunction<Object> proxy;

  /** A class that only reflection knows. */
  public static final class Pair {
    private final long left;
    private final long right;

    /** Creates a pair. */
    public Pair(long left, long right) {
      this.left = left;
      this.right = right;
    }

    /** The sum of both and a third. */
    public long sum(long third) {
      return left + right + third;
    }
  }

  ReflectionCalls() throws NoSuchMethodException {
    constructor = Pair.class.getConstructor(long.class, long.class);
    sum = Pair.class.getMethod("sum", long.class);
    InvocationHandler handler = (self, method, arguments) -> sum.invoke(arguments[0], 5L);
    @SuppressWarnings("unchecked") // a proxy of the only interface given
    ToLongFunction<Object> made =
        (ToLongFunction<Object>)
            Proxy.newProxyInstance(
                ReflectionCalls.class.getClassLoader(),
                new Class<?>[] {ToLongFunction.class},
                handler);
    proxy = made;
  }

  @Override
  public long operate(int number) throws ReflectiveOperationException {
    long total = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Pair pair = constructor.newInstance((long) number, (long) i);
      total += (long) sum.invoke(pair, 3L) + proxy.applyAsLong(pair);
      Object array = Array.newInstance(long.class, 8 + i % 8);
      Array.setLong(array, i % 8, total);
      long[] copy = ((long[]) array).clone();
      total += copy[i % 8] & 0xff;
    }
    return total;
  }
}

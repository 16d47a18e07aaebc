package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Allocates in each way bytecode, the JDK and the JVM know, each in a scope of its own. */
public final class AllocationKinds {
  private static final int ROUNDS = 20_000;

  static volatile @Nullable Object sink;

  private AllocationKinds() {}

  /** One way to allocate. */
  interface Kind {
    void allocate(int round) throws Throwable;
  }

  record Pair(int left, String right) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Runs each kind once to link it, and then in its scope. */
  @SuppressWarnings("UnnecessaryStringBuilder") // the builder itself is what is measured
  public static void main(String[] arguments) throws Throwable {
    Constructor<StringBuilder> constructor = StringBuilder.class.getConstructor(int.class);
    MethodHandle handle =
        MethodHandles.lookup()
            .findConstructor(ArrayList.class, MethodType.methodType(void.class, int.class));
    byte[] serialized = serialized(new ArrayList<>(List.of(new Pair(1, "a"), new Pair(2, "b"))));
    int[] ints = new int[10];
    ArrayList<Integer> list = new ArrayList<>(List.of(1, 2, 3));
    String[] strings = new String[7];

    run("concat", i -> sink = "a" + i + "b" + (i * 3L));
    run("lambda", i -> sink = (Supplier<Integer>) () -> i);
    run("boxing", i -> sink = Arrays.asList(i + 1000, i * 1000L, i / 3.0));
    run("values", i -> sink = TimeUnit.values());
    run("record", i -> sink = new Pair(i, "x").toString() + new Pair(i, "y").hashCode());
    run("clone", i -> sink = List.of(ints.clone(), list.clone()));
    run("reflection", i -> sink = constructor.newInstance(i & 15));
    run("reflectiveArray", i -> sink = Array.newInstance(String.class, i & 15));
    run("methodHandle", i -> sink = (ArrayList<?>) handle.invokeExact(i & 15));
    run("copyOf", i -> sink = List.of(Arrays.copyOf(strings, 9), Arrays.copyOfRange(ints, 1, 5)));
    run("multi", i -> sink = List.of(new int[3][4], new String[2][3][]));
    run(
        "builder",
        i -> sink = new StringBuilder().append("x").append(i).append('\u20ac').toString());
    run("exception", i -> sink = new IllegalStateException("x"));
    run("collection", AllocationKinds::collection);
    run("format", i -> sink = String.format("%d %s", i, "x"));
    run("stream", i -> sink = list.stream().map(x -> x + i).toList());
    run("deserialise", i -> sink = deserialised(serialized));
  }

  private static void run(String name, Kind kind) throws Throwable {
    loop(kind);
    try (Tracker tracker = Tracker.open(name)) {
      loop(kind);
    }
  }

  private static void loop(Kind kind) throws Throwable {
    for (int i = 0; i < ROUNDS; i++) {
      kind.allocate(i);
    }
  }

  private static void collection(int round) {
    Map<String, Integer> map = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      map.put(Integer.toString(i * round), round);
    }
    sink = map;
  }

  private static byte[] serialized(Object object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object deserialised(byte[] bytes) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }
}

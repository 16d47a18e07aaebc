package dev.heaplight.cli.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does what the lines on its standard input say, and prints each when it is done:
 *
 * <ul>
 *   <li>{@code allocate N}: N arrays, on the main thread and as many on one of a second thread
 *   <li>{@code keep N}: N arrays that stay alive, and a collection
 *   <li>{@code scoped N}: as allocate, in a method that an option may make a scope
 *   <li>{@code exit N}: ends with this code
 * </ul>
 *
 * At the end of the input it prints how many arrays it has made and ends.
 */
public final class StepWorker {
  /** Bytes of each array with its header. */
  public static final long ARRAY_BYTES = 100_016;

  private static final int LENGTH = 100_000;
  private static final List<byte[]> KEPT = new ArrayList<>();

  static volatile @Nullable Object sink;
  private static int arrays;

  private StepWorker() {}

  /** Runs until its input ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      step(words[0], Integer.parseInt(words[1]));
      System.out.println(line);
    }
    System.out.println("arrays " + arrays);
  }

  private static void step(String name, int number) throws InterruptedException {
    switch (name) {
      case "allocate" -> {
        allocate(number);
        Thread second = new Thread(() -> allocate(number), "second");
        second.start();
        second.join();
      }
      case "keep" -> keep(number);
      case "scoped" -> scoped(number);
      case "exit" -> System.exit(number);
      default -> throw new IllegalArgumentException(name);
    }
  }

  private static void allocate(int count) {
    for (int i = 0; i < count; i++) {
      sink = new byte[LENGTH];
      arrays++;
    }
  }

  private static void keep(int count) {
    for (int i = 0; i < count; i++) {
      KEPT.add(new byte[LENGTH]);
      arrays++;
    }
    System.gc();
  }

  static void scoped(int count) {
    allocate(count);
  }
}

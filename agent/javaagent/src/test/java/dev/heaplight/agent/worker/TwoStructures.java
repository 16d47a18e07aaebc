package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Builds a large structure, drops it and builds a smaller one that it keeps. Prints the JVM's own
 * class histogram when each is whole.
 */
public final class TwoStructures {
  private static final int CHUNK = 10_000;

  /** Flushes that a structure is held for, so that the agent has looked at it meanwhile. */
  private static final int FLUSHES = 2;

  static volatile @Nullable Object kept;
  static volatile @Nullable Object garbage;

  private TwoStructures() {}

  /** Takes the megabytes of both structures. */
  public static void main(String[] arguments) throws IOException, JMException {
    histogram("warm-up");
    try (Tracker tracker = Tracker.open("structures")) {
      kept = StructureA.build(Integer.parseInt(arguments[0]) * 1_000_000L);
      histogram("A");
      hold(tracker);
      kept = null;
      System.gc();
      kept = StructureB.build(Integer.parseInt(arguments[1]) * 1_000_000L);
      histogram("B");
      hold(tracker);
    }
    System.gc();
    System.out.println(kept == null ? "nothing kept" : "kept");
  }

  /** The first, large one. */
  static final class StructureA {
    private StructureA() {}

    static List<byte[]> build(long bytes) {
      List<byte[]> chunks = new ArrayList<>();
      for (long built = 0; built < bytes; built += CHUNK) {
        chunks.add(new byte[CHUNK]);
        garbage = new byte[CHUNK];
      }
      return chunks;
    }
  }

  /** The second, which stays. */
  static final class StructureB {
    private StructureB() {}

    static List<byte[]> build(long bytes) {
      List<byte[]> chunks = new ArrayList<>();
      for (long built = 0; built < bytes; built += CHUNK) {
        chunks.add(new byte[CHUNK]);
        garbage = new byte[CHUNK];
      }
      return chunks;
    }
  }

  private static void hold(Tracker tracker) throws IOException {
    Path file = tracker.file().orElseThrow();
    for (int flush = 0; flush < FLUSHES; flush++) {
      long size = Files.size(file);
      while (Files.size(file) == size) {
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  /** Collects first: the histogram does so too, but not with every collector. */
  private static void histogram(String when) throws JMException {
    System.gc();
    Object text =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    for (String line : text.toString().split("\n", -1)) {
      if (line.contains("[B ")) {
        System.out.println(when + ":" + line.replaceAll(" +", " "));
      }
    }
  }
}

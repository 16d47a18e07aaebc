package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Leaks memory that no heap histogram shows: deflaters that are never ended, direct buffers. */
public final class NativeLeak {
  private static final List<Object> KEPT = new ArrayList<>();

  private NativeLeak() {}

  /** Takes the number of deflaters that leak; as many are ended. */
  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[0]);
    try (Tracker tracker = Tracker.open("leak")) {
      leakDeflaters(count);
      endDeflaters(count);
      leakBuffers(count);
    }
  }

  private static void leakDeflaters(int count) {
    for (int i = 0; i < count; i++) {
      KEPT.add(new Deflater());
    }
  }

  private static void endDeflaters(int count) {
    for (int i = 0; i < count; i++) {
      new Deflater().end();
    }
  }

  private static void leakBuffers(int count) {
    for (int i = 0; i < count; i++) {
      KEPT.add(ByteBuffer.allocateDirect(10_000));
    }
  }
}

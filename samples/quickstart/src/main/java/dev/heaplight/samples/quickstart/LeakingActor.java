package dev.heaplight.samples.quickstart;

import dev.heaplight.Tracker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An actor that keeps a megabyte of each message. Its scope opens with it and is never closed; the
 * recording can be read all the same, at any moment.
 */
final class LeakingActor {
  private static final int MESSAGE_BYTES = 1_000_000;

  @SuppressWarnings("unused") // open as long as the actor lives
  private final Tracker tracker = Tracker.named("Actor").kind("actor").open();

  private final List<byte[]> messages = new ArrayList<>();

  LeakingActor() {
    append();
  }

  void append() {
    byte[] message = new byte[MESSAGE_BYTES];
    Arrays.fill(message, (byte) '1');
    messages.add(message);
  }

  int size() {
    return messages.size();
  }
}

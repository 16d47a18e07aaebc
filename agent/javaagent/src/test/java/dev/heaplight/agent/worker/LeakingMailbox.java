package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An actor that keeps something of each message, and allocates as much that it does not keep. */
public final class LeakingMailbox {
  static volatile @Nullable Object garbage;

  private final List<byte[]> leak = new ArrayList<>();

  private LeakingMailbox() {}

  /** Takes the number of messages. */
  public static void main(String[] arguments) {
    LeakingMailbox actor = new LeakingMailbox();
    try (Tracker tracker = Tracker.named("mailbox").kind("actor").collectOnClose().open()) {
      int messages = Integer.parseInt(arguments[0]);
      for (int i = 0; i < messages; i++) {
        actor.receive();
      }
    }
    System.out.println("kept=" + actor.leak.size());
  }

  private void receive() {
    remember();
    for (int i = 0; i < 3; i++) {
      forget();
    }
  }

  private void remember() {
    leak.add(new byte[1_008]);
  }

  private static void forget() {
    garbage = new byte[1_008];
  }
}

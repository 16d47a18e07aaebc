package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** An actor that opens its scope when it is made and never closes it. */
public final class EndlessActor {
  private final List<byte[]> kept = new ArrayList<>();
  private final Tracker tracker = Tracker.named("Actor").kind("actor").id("7").open();

  private EndlessActor() {}

  /** Allocates until it is killed; keeps the last few only. */
  public static void main(String[] arguments) {
    EndlessActor actor = new EndlessActor();
    System.out.println(actor.tracker.file().orElseThrow());
    while (true) {
      actor.append();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void append() {
    kept.add(new byte[10_000]);
    if (kept.size() > 100) {
      kept.clear();
    }
  }
}

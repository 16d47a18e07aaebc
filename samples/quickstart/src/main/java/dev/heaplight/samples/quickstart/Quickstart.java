package dev.heaplight.samples.quickstart;

import java.sql.SQLException;

/** Runs the actor, the task and the report one after the other. */
public final class Quickstart {
  private static final int MESSAGES = 20;
  private static final int ARRAYS = 100;
  private static final int ORDERS = 20_000;

  private Quickstart() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws InterruptedException, SQLException {
    Thread actorThread = new Thread(Quickstart::runActor, "actor");
    actorThread.start();
    actorThread.join();
    System.out.println("task: checksum " + new AllocateMemoryTask(ARRAYS).run());
    System.out.println("report: best " + new SqlReport(ORDERS).run().get(0));
  }

  private static void runActor() {
    LeakingActor actor = new LeakingActor();
    for (int i = 1; i < MESSAGES; i++) {
      actor.append();
    }
    System.out.println("actor: keeps " + actor.size() + " messages");
  }
}

package dev.heaplight.samples.ray;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs tasks and actors on a cluster of this machine: {@code RaySample [TASKS [CALLS]]}. One of the
 * two actors is killed in the middle of its life.
 */
public final class RaySample {
  private static final int TASKS = 4;
  private static final int CALLS = 20;

  /** Recordings are written each second; what a killed process did since then is lost. */
  private static final int LINGER_MILLIS = 1_500;

  private RaySample() {}

  /** Runs it. */
  @SuppressWarnings("SystemOut") // it is a program that prints figures
  public static void main(String[] args) {
    int tasks = args.length > 0 ? Integer.parseInt(args[0]) : TASKS;
    int calls = args.length > 1 ? Integer.parseInt(args[1]) : CALLS;
    Ray.init();
    try {
      List<ObjectRef<Long>> results = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        results.add(Ray.task(Tasks::allocateMemory, 10 + i).remote());
      }
      results.forEach(result -> System.out.println("task: checksum " + result.get()));
      ActorHandle<LeakingActor> ends = Ray.actor(LeakingActor::new).setMaxRestarts(1).remote();
      ActorHandle<LeakingActor> killed = Ray.actor(LeakingActor::new).remote();
      for (int i = 0; i < calls; i++) {
        ObjectRef<Integer> both = ends.task(LeakingActor::keep).remote();
        int kept = killed.task(LeakingActor::keep).remote().get();
        if (kept != both.get()) {
          throw new IllegalStateException("kept " + kept);
        }
      }
      System.out.println("actors: keep " + calls + " each");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS));
      killed.kill(); // at once, without any shutdown
    } finally {
      Ray.shutdown();
    }
  }
}

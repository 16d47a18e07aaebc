package dev.heaplight.samples.ray;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.runtime.exception.RayException;
import java.util.ArrayList;
import java.util.List;

/**
 * A task that keeps megabytes until there are none left, beside others: {@code RayHog [MEGABYTES]}.
 * Meant for a node, or a memory cgroup, that has less than that.
 */
public final class RayHog {
  private static final int MEGABYTES = 2_000;
  private static final int WORKERS = 2;
  private static final int FIRST_MILLIS = 2_000;
  private static final int OTHERS = 10;
  private static final int OTHERS_MEGABYTES = 5;

  private RayHog() {}

  /** Runs it. */
  @SuppressWarnings("SystemOut") // it is a program that prints what came of it
  public static void main(String[] args) {
    int megabytes = args.length > 0 ? Integer.parseInt(args[0]) : MEGABYTES;
    Ray.init();
    try {
      // As many at once as there are workers, so that all of them run before memory gets short.
      List<ObjectRef<Long>> first = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        first.add(Ray.task(Tasks::waitFor, FIRST_MILLIS).remote());
      }
      first.forEach(ObjectRef::get);
      List<ObjectRef<Long>> others = new ArrayList<>();
      ObjectRef<Long> hog = Ray.task(Tasks::keepMemory, megabytes).remote();
      for (int i = 0; i < OTHERS; i++) {
        others.add(Ray.task(Tasks::allocateMemory, OTHERS_MEGABYTES).remote());
      }
      try {
        System.out.println("hog: kept " + hog.get());
      } catch (RayException e) {
        System.out.println("hog: " + e.getClass().getSimpleName() + ": " + e.getMessage());
      }
      long sum = others.stream().mapToLong(ObjectRef::get).sum();
      System.out.println("others: checksum " + sum);
    } finally {
      Ray.shutdown();
    }
  }
}

package dev.heaplight.samples.pekko;

import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Actors that allocate, of which one keeps all it gets: {@code PekkoSample [ACTORS [MESSAGES]]}.
 *
 * <p>Prints what each worker has allocated for its messages; its recording should say the same.
 */
public final class PekkoSample {
  private static final int ACTORS = 4;
  private static final int MESSAGES = 1_000;

  private PekkoSample() {}

  /** Runs the actors to their ends. */
  public static void main(String[] args) throws ExecutionException, InterruptedException {
    int actors = args.length > 0 ? Integer.parseInt(args[0]) : ACTORS;
    int messages = args.length > 1 ? Integer.parseInt(args[1]) : MESSAGES;
    ActorSystem<Office.Done> system = ActorSystem.create(Office.create(actors, messages), "sample");
    Object unused = system.getWhenTerminated().toCompletableFuture().get();
  }
}

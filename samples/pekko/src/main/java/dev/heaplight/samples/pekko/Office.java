package dev.heaplight.samples.pekko;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Gives work to workers and an archive, and ends when all of them are done. */
final class Office extends AbstractBehavior<Office.Done> {
  /** One of them is done. */
  record Done(String line) {}

  private int left;

  private Office(ActorContext<Done> context, int workers, int messages) {
    super(context);
    left = workers + 1;
    ActorRef<Worker.Work> archive =
        context.spawn(Archive.create(messages, context.getSelf()), "archive");
    for (int i = 0; i < workers; i++) {
      ActorRef<Worker.Work> worker =
          context.spawn(Worker.create(messages, context.getSelf()), "worker-" + i);
      for (int message = 0; message < messages; message++) {
        worker.tell(new Worker.Work(8_000 + 10 * i));
      }
    }
    for (int message = 0; message < messages; message++) {
      archive.tell(new Worker.Work(1_000));
    }
  }

  static Behavior<Done> create(int workers, int messages) {
    return Behaviors.setup(context -> new Office(context, workers, messages));
  }

  @Override
  public Receive<Done> createReceive() {
    return newReceiveBuilder().onMessage(Done.class, this::done).build();
  }

  @SuppressWarnings("SystemOut") // it is a program that prints figures
  private Behavior<Done> done(Done done) {
    System.out.println(done.line());
    left--;
    return left > 0 ? this : Behaviors.stopped();
  }
}

package dev.heaplight.samples.pekko;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Allocates for each message and forgets it. */
final class Worker extends AbstractBehavior<Worker.Work> {
  /** Some work, which takes as many bytes. */
  record Work(int bytes) {}

  private final ActorRef<Office.Done> office;
  private final int messages;
  private long allocatedBytes;
  private int handled;
  private long checksum;

  private Worker(ActorContext<Work> context, int messages, ActorRef<Office.Done> office) {
    super(context);
    this.office = office;
    this.messages = messages;
  }

  static Behavior<Work> create(int messages, ActorRef<Office.Done> office) {
    return Behaviors.setup(context -> new Worker(context, messages, office));
  }

  @Override
  public Receive<Work> createReceive() {
    return newReceiveBuilder().onMessage(Work.class, this::allocate).build();
  }

  private Behavior<Work> allocate(Work work) {
    byte[] buffer = new byte[work.bytes()];
    buffer[handled % buffer.length] = 1;
    checksum += buffer[0];
    allocatedBytes += work.bytes();
    handled++;
    if (handled == messages) {
      String path = getContext().getSelf().path().toStringWithoutAddress();
      office.tell(new Office.Done(path + " allocated " + allocatedBytes + ", " + checksum));
    }
    return this;
  }
}

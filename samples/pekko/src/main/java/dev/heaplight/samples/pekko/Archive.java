package dev.heaplight.samples.pekko;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** The leak: keeps what it gets. */
final class Archive extends AbstractBehavior<Worker.Work> {
  private final List<byte[]> kept = new ArrayList<>();
  private final ActorRef<Office.Done> office;
  private final int messages;

  private Archive(ActorContext<Worker.Work> context, int messages, ActorRef<Office.Done> office) {
    super(context);
    this.office = office;
    this.messages = messages;
  }

  static Behavior<Worker.Work> create(int messages, ActorRef<Office.Done> office) {
    return Behaviors.setup(context -> new Archive(context, messages, office));
  }

  @Override
  public Receive<Worker.Work> createReceive() {
    return newReceiveBuilder().onMessage(Worker.Work.class, this::keep).build();
  }

  private Behavior<Worker.Work> keep(Worker.Work work) {
    kept.add(new byte[work.bytes()]);
    if (kept.size() == messages) {
      office.tell(new Office.Done("/user/archive keeps " + kept.size()));
    }
    return this;
  }
}

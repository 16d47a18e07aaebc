package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** An actor whose messages run on two threads by turns, and tasks wrapped for a thread of old. */
public final class PausingActor {
  static volatile @Nullable Object sink;

  private PausingActor() {}

  /** Takes the number of messages. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    List<Mailbox> mailboxes = List.of(new Mailbox("even"), new Mailbox("odd"));
    Tracker actor = Tracker.named("actor").kind("actor").open();
    message();
    actor.pause();
    outside();
    for (int i = 1; i < count; i++) {
      mailboxes
          .get(i % 2)
          .run(
              () -> {
                outside();
                actor.resume();
                message();
                actor.pause();
                outside();
              });
    }
    Runnable wrapped = actor.wrap(PausingActor::wrapped);
    Callable<Integer> wrappedCall = actor.wrap(PausingActor::wrappedCall);
    mailboxes.get(0).runTask(wrapped);
    mailboxes.get(1).run(() -> System.out.println("result=" + wrappedCall.call()));
    mailboxes.get(1).run(PausingActor::outside);
    wrapped.run();
    actor.close();
    mailboxes.get(0).runTask(wrapped);
    mailboxes.get(1).run(actor::resume);
    mailboxes.get(1).run(PausingActor::message);
  }

  private static void message() {
    sink = new byte[1_000];
  }

  private static void wrapped() {
    sink = new byte[3_000];
  }

  private static int wrappedCall() {
    sink = new byte[4_000];
    return 7;
  }

  private static void outside() {
    sink = new byte[2_000];
  }

  private interface Message {
    void run() throws Exception;
  }

  /** A thread that takes messages in a way which nobody follows. */
  private static final class Mailbox {
    private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Boolean> done = new LinkedBlockingQueue<>();

    Mailbox(String name) {
      Thread thread = new Thread(this::takeAll, name);
      thread.setDaemon(true);
      thread.start();
    }

    void runTask(Runnable task) throws InterruptedException {
      run(task::run);
    }

    void run(Message message) throws InterruptedException {
      messages.add(message);
      if (!done.take()) {
        throw new IllegalStateException("message failed");
      }
    }

    private void takeAll() {
      while (true) {
        boolean ran = false;
        try {
          messages.take().run();
          ran = true;
        } catch (Exception e) {
          System.err.println("message failed: " + e);
        }
        done.add(ran);
      }
    }
  }
}

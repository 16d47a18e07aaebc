package dev.heaplight.cli.worker;

import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Ends in the way that its argument says, once it has said that it is ready. */
public final class EndWorker {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int MANY = 1 << 14;

  private EndWorker() {}

  /** Ends itself, or waits for that. */
  public static void main(String[] args) throws IOException, InterruptedException {
    MonitorDirectory session = new MonitorDirectory(Path.of(args[1]));
    ProcessIdentity self =
        ProcessIdentity.of(Path.of("/proc"), ProcessHandle.current().pid()).orElseThrow();
    while (!Files.exists(session.marks(self)) || !Files.exists(session.state())) { // ends are noted
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    System.out.println("ready");
    switch (args[0]) {
      case "halt" -> Runtime.getRuntime().halt(1);
      case "exit" -> System.exit(3);
      case "throw" -> throw new IllegalStateException("as asked");
      case "fill" -> fill();
      case "wait" -> new CountDownLatch(1).await();
      default -> System.out.println("ends by itself");
    }
  }

  private static void fill() {
    byte[][] kept = new byte[MANY][];
    for (int i = 0; i < MANY; i++) {
      kept[i] = new byte[CHUNK_BYTES];
    }
    System.out.println(kept.length);
  }
}

package dev.heaplight.monitor.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ThreadPriorityTest {
  private static final int ORDINARY = 0;
  private static final int ROUND_ROBIN = 2;

  @Test
  void whatARaisedThreadStartsIsOrdinaryAgain() throws Exception {
    int[] policies =
        inNewThread(
            () -> {
              boolean raised = ThreadPriority.raise();
              return new int[] {
                raised ? policy() : ORDINARY, inNewThread(ThreadPriorityTest::policy)
              };
            });
    assumeTrue(policies[0] == ROUND_ROBIN, "real-time priority is refused here");
    assertEquals(ORDINARY, policies[1]);
  }

  /** How the kernel schedules the calling thread: field 41, see proc(5). */
  private static int policy() throws Exception {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(
        stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1)[41 - 3]);
  }

  private static <T> T inNewThread(Callable<T> work)
      throws InterruptedException, ExecutionException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.start();
    return task.get();
  }
}

package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.worker.LimitedTasks;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks that go beyond their limits fail by themselves, where that does no further harm. */
final class LimitsIT {
  private static final long LIMIT_BYTES = 50_000_000;
  private static final long CHUNK_BYTES = 10_016;
  private static final long ALL_KEPT_BYTES = 21_000 * CHUNK_BYTES;

  @TempDir private Path directory;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void taskBeyondItsLimitFailsAtItsNextAllocationOutsideTheJdk(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    WorkerProcess.Result result = worker.run(LimitedTasks.class, Long.toString(LIMIT_BYTES));

    Told allocated = told(result, "allocated");
    assertEquals("allocated", allocated.limit);
    assertTrue(
        allocated.used > LIMIT_BYTES && allocated.used <= LIMIT_BYTES + 2 * CHUNK_BYTES,
        allocated::toString);
    assertTrue(allocated.hottest.contains("LimitedTasks.allocate(LimitedTasks.java:"));
    assertEquals("allocate", allocated.thrownIn);

    Told live = told(result, "live");
    assertEquals("live", live.limit);
    // How far beyond depends on when the collection is looked at; never more than the task keeps.
    assertTrue(live.used > LIMIT_BYTES && live.used < ALL_KEPT_BYTES, live::toString);
    assertTrue(live.hottest.contains("LimitedTasks.keep(LimitedTasks.java:"));

    Told library = told(result, "library");
    assertEquals("valueOf", library.thrownIn, "where the task boxes, not inside HashMap");

    assertTrue(result.out().contains("below: no error"), result::out);
    Told initialiser = told(result, "initialiser");
    assertEquals("init", initialiser.thrownIn, "not below a class initialiser");
    assertTrue(result.out().contains("initialiser initialised=true"), result::out);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void recordingOfAFailedTaskHoldsWhatItAllocated(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    worker.run(LimitedTasks.class, Long.toString(LIMIT_BYTES));

    RecordedScope scope = worker.recording("allocated");
    assertTrue(scope.complete());
    assertTrue(
        scope.bytesWhere(entry -> entry.isAt(LimitedTasks.class.getName(), "allocate"))
            > LIMIT_BYTES * 0.99);
  }

  private record Told(String limit, long used, String hottest, String thrownIn) {}

  private static Told told(WorkerProcess.Result result, String task) {
    Matcher line =
        Pattern.compile("^" + task + ": (\\w+) (\\d+) (.*) at (\\w+)$", Pattern.MULTILINE)
            .matcher(result.out());
    assertTrue(line.find(), () -> task + " in " + result.out());
    return new Told(line.group(1), Long.parseLong(line.group(2)), line.group(3), line.group(4));
  }
}

package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.worker.HandedOverWork;
import dev.heaplight.agent.worker.ManyScopes;
import dev.heaplight.agent.worker.PausingActor;
import dev.heaplight.agent.worker.SharedPools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Work that one thread hands over to another belongs to the scope that handed it over. */
final class HandOverIT {
  private static final int COUNT = 200;
  private static final int PIPELINES = 10_000;

  @TempDir private Path directory;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void eachWayOfHandingWorkOverKeepsItsScope(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    WorkerProcess.Result result = worker.run(HandedOverWork.class, Integer.toString(COUNT));

    String program = HandedOverWork.class.getName();
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    List<String> ways = List.of(result.out().trim().split(" ", -1));
    assertTrue(ways.size() >= (jdk.version() >= 25 ? 20 : 16), result::out);
    for (String way : ways) {
      RecordedScope left = worker.recording("left-" + way);
      RecordedScope right = worker.recording("right-" + way);
      expected.add(way + " left=" + COUNT * 1_016L + ",0,0 right=0," + COUNT * 2_016L + ",0");
      actual.add(way + " left=" + bytes(left, program) + " right=" + bytes(right, program));
    }
    assertEquals(String.join("\n", expected), String.join("\n", actual));
    assertEquals("", result.err());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void pipelinesOverTheSamePoolsStayApartAndLeaveNothingBehind(Jdk jdk) throws Exception {
    boolean virtual = jdk.version() >= 21;
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    WorkerProcess.Result result =
        worker.run(SharedPools.class, Integer.toString(PIPELINES), Boolean.toString(virtual));

    String program = SharedPools.class.getName();
    RecordedScope left = worker.recording("left");
    RecordedScope right = worker.recording("right");
    assertEquals(PIPELINES * 4 * 1_016L + ",0,0", bytes(left, program));
    assertEquals("0," + PIPELINES * 4 * 2_016L + ",0", bytes(right, program));
    long inVirtualThreads =
        left.bytesWhere(
            entry -> entry.thread().equals("virtual threads") && entry.isAt(program, "left"));
    assertEquals(virtual ? PIPELINES * 1_016L : 0, inVirtualThreads);
    assertEquals("tasks=0 threads=few\n", result.out());
    assertEquals("", result.err());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void idlePoolKeepsNothingOfClosedScopes(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    WorkerProcess.Result result = worker.run(ManyScopes.class, "5000");

    List<String> lines = result.out().lines().toList();
    long grownBytes = Long.parseLong(lines.get(0).substring("grown=".length()));
    assertTrue(grownBytes < 4_500 * 500L, lines::toString);
    assertEquals("tasks=0 threads=few", lines.get(1));
    assertEquals("", result.err());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void pausedScopeCountsOnlyBetweenResumeAndPauseOnWhicheverThread(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    WorkerProcess.Result result = worker.run(PausingActor.class, Integer.toString(COUNT));

    String program = PausingActor.class.getName();
    RecordedScope actor = worker.recording("actor");
    assertEquals(
        COUNT * 1_016L, actor.bytesWhere(entry -> entry.isAt(program, "message")), "messages");
    assertEquals(0, actor.bytesWhere(entry -> entry.isAt(program, "outside")), "outside");
    assertEquals(2 * 3_016L, actor.bytesWhere(entry -> entry.isAt(program, "wrapped")), "tasks");
    assertEquals(4_016L, actor.bytesWhere(entry -> entry.isAt(program, "wrappedCall")), "calls");
    assertEquals("result=7\n", result.out());
    assertEquals("", result.err());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void wrappedTasksJustRunWithoutTheAgent(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory).withoutAgent();
    assertEquals("result=7\n", worker.run(PausingActor.class, "2").out());
  }

  private static String bytes(RecordedScope scope, String program) {
    return scope.bytesWhere(entry -> entry.isAt(program, "left"))
        + ","
        + scope.bytesWhere(entry -> entry.isAt(program, "right"))
        + ","
        + scope.bytesWhere(entry -> entry.isAt(program, "nobody"));
  }
}

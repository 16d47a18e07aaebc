package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.worker.HandedOverWork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Work that one thread hands over to another belongs to the scope that handed it over. */
final class HandOverIT {
  private static final int COUNT = 200;

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

  private static String bytes(RecordedScope scope, String program) {
    return scope.bytesWhere(entry -> entry.isAt(program, "left"))
        + ","
        + scope.bytesWhere(entry -> entry.isAt(program, "right"))
        + ","
        + scope.bytesWhere(entry -> entry.isAt(program, "nobody"));
  }
}

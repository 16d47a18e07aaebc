package dev.heaplight.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Frame;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class StackTableTest {
  private final StackTable stacks = new StackTable();

  @Test
  void equalStacksShareOneNumber() {
    int stack = stacks.number(trace("run", "main"));

    assertEquals(stack, stacks.number(trace("run", "main")));
    assertNotEquals(stack, stacks.number(trace("stop", "main")));
  }

  @Test
  void stackIsATreeFromItsOutermostFrame() {
    int run = stacks.number(trace("run", "main"));
    int main = stacks.parent(run);

    assertEquals("run", stacks.frame(run).methodName());
    assertEquals("main", stacks.frame(main).methodName());
    assertEquals(StackTable.EMPTY, stacks.parent(main));
    assertEquals(main, stacks.number(trace("main")));
    assertEquals(main, stacks.parent(stacks.number(trace("stop", "main"))));
  }

  @Test
  void clearedTableKnowsNothingAndStaysSmall() {
    for (int depth = 1; depth < 100; depth++) {
      String[] methods = new String[depth];
      Arrays.setAll(methods, at -> "method" + at);
      int unused = stacks.number(trace(methods));
    }
    long before = stacks.bytes();
    stacks.clear();

    assertTrue(stacks.bytes() < before / 50, () -> "bytes=" + stacks.bytes());
    int late = stacks.number(trace("run", "main"));
    assertEquals("run", stacks.frame(late).methodName());
    assertEquals(StackTable.EMPTY, stacks.parent(late));
  }

  @Test
  void emptyTraceIsTheEmptyStack() {
    assertEquals(StackTable.EMPTY, stacks.number(new StackTraceElement[0]));
  }

  @Test
  void agentsOwnFramesAreLeftOutAtTheInnermostEndOnly() {
    StackTraceElement agent =
        new StackTraceElement("dev.heaplight.hook.AllocationHook", "sample", "A.java", 1);
    StackTraceElement job = new StackTraceElement("com.acme.Job", "run", "Job.java", 1);
    int inside = stacks.number(new StackTraceElement[] {agent, agent, job, agent});

    assertEquals("run", stacks.frame(inside).methodName());
    assertEquals("sample", stacks.frame(stacks.parent(inside)).methodName());
  }

  @Test
  void unknownAndNativeLinesAreToldApart() {
    assertEquals(
        new Frame("com.acme.Job", "run", "", Frame.UNKNOWN_LINE),
        frame(new StackTraceElement("com.acme.Job", "run", null, -1)));
    assertEquals(
        new Frame("com.acme.Job", "run", "Job.java", Frame.NATIVE_LINE),
        frame(new StackTraceElement("com.acme.Job", "run", "Job.java", -2)));
    assertEquals(
        new Frame("com.acme.Job$$Lambda", "run", "", 5),
        frame(new StackTraceElement("com.acme.Job$$Lambda$1/0x08", "run", null, 5)));
  }

  @Test
  void tableGrowsPastItsFirstSize() {
    StackTraceElement[] deep = new StackTraceElement[5_000];
    for (int i = 0; i < deep.length; i++) {
      deep[i] = new StackTraceElement("com.acme.Job", "run", "Job.java", i + 1);
    }

    int stack = stacks.number(deep);

    assertEquals(5_000, stack);
    int depth = 0;
    for (int at = stack; at != StackTable.EMPTY; at = stacks.parent(at)) {
      depth++;
      assertEquals(depth, stacks.frame(at).line());
    }
    assertEquals(5_000, depth);
  }

  private Frame frame(StackTraceElement element) {
    return stacks.frame(stacks.number(new StackTraceElement[] {element}));
  }

  private static StackTraceElement[] trace(String... methods) {
    StackTraceElement[] trace = new StackTraceElement[methods.length];
    for (int i = 0; i < methods.length; i++) {
      trace[i] = new StackTraceElement("com.acme.Job", methods[i], "Job.java", 1);
    }
    return trace;
  }
}

package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.engine.sample.StackTable;
import org.junit.jupiter.api.Test;

class StackLinesTest {
  private final StackTable stacks = new StackTable();

  @Test
  void framesReadAsInAStackTraceInnermostFirst() {
    int stack =
        stacks.number(
            new StackTraceElement[] {
              new StackTraceElement("com.acme.Job", "run", "Job.java", 7),
              new StackTraceElement("com.acme.Gen$1", "apply", null, -1),
              new StackTraceElement("com.acme.Main", "main", "Main.java", -1)
            });
    assertEquals(
        """
        com.acme.Job.run(Job.java:7)
        com.acme.Gen$1.apply(Unknown Source)
        com.acme.Main.main(Main.java)\
        """,
        StackLines.of(stacks, stack));
  }

  @Test
  void deepStacksAreCutAtTheirOuterEnd() {
    StackTraceElement[] deep = new StackTraceElement[20];
    for (int i = 0; i < deep.length; i++) {
      deep[i] = new StackTraceElement("com.acme.Job", "m" + i, "Job.java", i + 1);
    }
    String[] lines = StackLines.of(stacks, stacks.number(deep)).split("\n", -1);
    assertEquals(12, lines.length);
    assertEquals("com.acme.Job.m0(Job.java:1)", lines[0]);
    assertEquals("com.acme.Job.m11(Job.java:12)", lines[11]);
  }

  @Test
  void theEmptyStackHasNoLines() {
    assertEquals("", StackLines.of(stacks, StackTable.EMPTY));
  }
}

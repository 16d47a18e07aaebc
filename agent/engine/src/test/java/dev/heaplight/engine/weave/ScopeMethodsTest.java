package dev.heaplight.engine.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.engine.weave.ScopeMethods.Passes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeMethodsTest {
  @Test
  void methodsAreFoundByTheirInternalClassName() {
    ScopeMethods methods =
        new ScopeMethods(
            List.of(
                new ScopeMethods.Target("com.acme.Job", "run", Passes.NOTHING),
                new ScopeMethods.Target("com.acme.Job", "call", Passes.CALL),
                new ScopeMethods.Target("Main$Inner", "work", Passes.NOTHING)));
    assertEquals(Map.of("run", 0, "call", 1), methods.of("com/acme/Job"));
    assertEquals(Map.of("work", 2), methods.of("Main$Inner"));
    assertEquals(Map.of(), methods.of("com/acme/Other"));
    assertEquals(Passes.NOTHING, methods.passes(0));
    assertEquals(Passes.CALL, methods.passes(1));
  }

  @Test
  void firstOfTwoForTheSameMethodCounts() {
    ScopeMethods methods =
        new ScopeMethods(
            List.of(
                new ScopeMethods.Target("com.acme.Job", "run", Passes.NOTHING),
                new ScopeMethods.Target("com.acme.Job", "run", Passes.CALL)));
    assertEquals(Map.of("run", 0), methods.of("com/acme/Job"));
  }
}

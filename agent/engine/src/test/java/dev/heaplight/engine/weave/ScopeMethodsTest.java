package dev.heaplight.engine.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeMethodsTest {
  @Test
  void methodsAreFoundByTheirInternalClassName() {
    ScopeMethods methods =
        new ScopeMethods(List.of("com.acme.Job.run", "com.acme.Job.call", "Main$Inner.work"));
    assertEquals(Map.of("run", 0, "call", 1), methods.of("com/acme/Job"));
    assertEquals(Map.of("work", 2), methods.of("Main$Inner"));
    assertEquals(Map.of(), methods.of("com/acme/Other"));
    assertEquals("com.acme.Job.call", methods.name(1));
  }

  @Test
  void namesWithoutClassOrMethodAreRefused() {
    for (String name : List.of("", "run", ".run", "com.acme.Job.")) {
      assertRefused(name);
    }
  }

  @Test
  void constructorsAreRefused() {
    assertRefused("com.acme.Job.<init>");
    assertRefused("com.acme.Job.<clinit>");
  }

  private static void assertRefused(String name) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new ScopeMethods(List.of(name)));
    assertEquals("scope: expected=package.Class.method, actual=" + name, refused.getMessage());
  }
}

package dev.heaplight.engine.monitor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ApplicationStartTest {
  @Test
  void premainIsBeforeTheApplication() {
    assertFalse(
        isMain(
            "java.lang.Thread",
            "dev.heaplight.agent.Premain",
            "sun.instrument.InstrumentationImpl"));
  }

  @Test
  void loadingTheMainClassIsBeforeTheApplication() {
    assertFalse(isMain("java.lang.ClassLoader", "java.lang.Class", "sun.launcher.LauncherHelper"));
  }

  @Test
  void theMomentBetweenThemIsBeforeTheApplication() {
    assertFalse(ApplicationStart.isMain(new StackTraceElement[0]));
  }

  @Test
  void mainIsTheApplication() {
    assertTrue(isMain("java.lang.Thread", "com.acme.Main"));
  }

  @Test
  void anApplicationWhoseMainHasReturnedHasBegun() throws InterruptedException {
    Thread main = new Thread(() -> {});
    main.start();
    main.join();
    ApplicationStart start = ApplicationStart.on(main);
    assertTrue(start.hasBegun());
    assertTrue(start.hasBegun());
  }

  @Test
  void aProgramThatRunsHasBegun() {
    assertTrue(ApplicationStart.BEGUN.hasBegun());
  }

  private static boolean isMain(String... classes) {
    StackTraceElement[] stack = new StackTraceElement[classes.length];
    for (int i = 0; i < classes.length; i++) {
      stack[i] = new StackTraceElement(classes[i], "m", null, -1);
    }
    return ApplicationStart.isMain(stack);
  }
}

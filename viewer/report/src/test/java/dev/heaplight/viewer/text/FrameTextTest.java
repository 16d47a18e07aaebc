package dev.heaplight.viewer.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.Frame;
import org.junit.jupiter.api.Test;

class FrameTextTest {
  @Test
  void linesReadAsInAStackTrace() {
    assertEquals("com.acme.Job.run(Job.java:42)", line("Job.java", 42));
    assertEquals("com.acme.Job.run(Job.java)", line("Job.java", Frame.UNKNOWN_LINE));
    assertEquals("com.acme.Job.run(Native Method)", line("Job.java", Frame.NATIVE_LINE));
    assertEquals("com.acme.Job.run(Unknown Source)", line("", Frame.UNKNOWN_LINE));
    assertEquals("com.acme.Job.run(line 42)", line("", 42));
  }

  @Test
  void functionsOutsideOfJavaHaveNoMethod() {
    assertEquals("os::malloc", FrameText.method(new Frame("os::malloc", "", "", 0)));
    assertEquals(
        "os::malloc(Unknown Source)", FrameText.stackTraceLine(new Frame("os::malloc", "", "", 0)));
  }

  private static String line(String file, int line) {
    return FrameText.stackTraceLine(new Frame("com.acme.Job", "run", file, line));
  }
}

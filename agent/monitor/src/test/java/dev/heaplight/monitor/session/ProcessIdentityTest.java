package dev.heaplight.monitor.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {
  private static final ProcessIdentity WORKER = new ProcessIdentity(7, 900);

  @TempDir private Path proc;

  @Test
  void runningProcessIsAlive() throws IOException {
    stat("S", 12, 900);
    assertTrue(WORKER.isAlive(proc));
    assertEquals(Optional.of(WORKER), ProcessIdentity.of(proc, 7));
  }

  @Test
  void laterProcessOfTheSameNumberIsAnother() throws IOException {
    stat("S", 12, 901);
    assertFalse(WORKER.isAlive(proc));
  }

  @Test
  void deadProcessIsGoneWhenItsLastThreadIs() throws IOException {
    stat("Z", 3, 900);
    assertTrue(WORKER.isAlive(proc), "two threads more hold its memory");
    stat("Z", 1, 900);
    assertFalse(WORKER.isAlive(proc));
    stat("X", 1, 900);
    assertFalse(WORKER.isAlive(proc));
  }

  @Test
  void processThatTheKernelDoesNotKnowIsGone() {
    assertFalse(WORKER.isAlive(proc));
  }

  /** Fields as proc(5) numbers them: 3 the state, 20 the number of threads, 22 the start. */
  private void stat(String state, int threads, long startTicks) throws IOException {
    String zeros = "0 ".repeat(16);
    Path file = proc.resolve("7/stat");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "7 (a) b) " + state + " " + zeros + threads + " 0 " + startTicks + " 0\n");
  }
}

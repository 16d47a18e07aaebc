package dev.heaplight.engine.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.monitor.session.ProcessIdentity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorkerFileTest {
  @Test
  void aWorkerTellsWhetherItMayBeKilled() {
    assertEquals("true", killable(true));
    assertEquals("false", killable(false));
  }

  private static String killable(boolean killable) {
    ProcessIdentity self =
        ProcessIdentity.of(Path.of("/proc"), ProcessHandle.current().pid()).orElseThrow();
    return WorkerFile.constants(Path.of("/"), self, killable).getOrDefault("killable", "absent");
  }
}

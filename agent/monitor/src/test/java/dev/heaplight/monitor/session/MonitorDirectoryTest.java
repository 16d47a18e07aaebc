package dev.heaplight.monitor.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorDirectoryTest {
  @TempDir private Path session;

  @Test
  void eachNodeHasFilesOfItsOwnAndSettingsAreTheSessions() throws IOException {
    MonitorDirectory own = new MonitorDirectory(session).create();
    assertTrue(Files.isDirectory(own.workers()));
    assertEquals(session.resolve("monitor/settings"), own.settings());
    Path other = Files.createDirectories(session.resolve("monitor/0badcafe-1/workers"));
    assertEquals(
        List.of(own.workers(), other),
        MonitorDirectory.ofAllNodes(session).stream().map(MonitorDirectory::workers).toList());
    assertEquals(own.logs(), MonitorDirectory.ofAllNodes(session).get(1).logs());
  }

  @Test
  void linkInTheWayIsRefused() throws IOException {
    Path elsewhere = Files.createDirectory(session.resolve("elsewhere"));
    Files.createSymbolicLink(session.resolve("monitor"), elsewhere);
    assertEquals(
        "monitor directory: expected=directory, actual=file or link, path="
            + session.resolve("monitor"),
        assertThrows(IOException.class, () -> new MonitorDirectory(session).create()).getMessage());
  }
}

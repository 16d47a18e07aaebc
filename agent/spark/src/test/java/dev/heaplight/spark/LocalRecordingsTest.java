package dev.heaplight.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalRecordingsTest {
  private LocalRecordings own;
  private Path dead;

  @BeforeEach
  void create() throws Exception {
    own = LocalRecordings.create("app/../x " + System.nanoTime(), "1");
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    dead = own.directory().resolveSibling("0." + ended.pid());
    Files.createDirectory(dead);
  }

  @AfterEach
  void end() throws IOException {
    Files.deleteIfExists(dead.resolve("a.heaplight"));
    Files.deleteIfExists(dead);
    own.end();
    assertFalse(Files.exists(own.directory().getParent()));
  }

  @Test
  void recordingsOfADeadExecutorAreFoundAndItsDirectoryGoesWithTheLast() throws IOException {
    Path file = Files.writeString(dead.resolve("a.heaplight"), "x");
    assertEquals(List.of(file), own.leftByOthers());
    LocalRecordings.forget(file);
    assertFalse(Files.exists(dead));
    assertTrue(Files.exists(own.directory()));
  }

  @Test
  void emptyDirectoryOfADeadExecutorGoesAtOnce() throws IOException {
    assertEquals(List.of(), own.leftByOthers());
    assertFalse(Files.exists(dead));
  }

  @Test
  void ownRecordingsAreNobodysLeft() throws IOException {
    Path file = Files.writeString(own.directory().resolve("b.heaplight"), "x");
    assertEquals(List.of(), own.leftByOthers());
    Files.delete(file);
  }
}

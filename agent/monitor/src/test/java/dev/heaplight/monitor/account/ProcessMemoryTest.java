package dev.heaplight.monitor.account;

import static dev.heaplight.monitor.FakeNode.MB;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.monitor.FakeNode;
import dev.heaplight.monitor.session.ProcessIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
  @TempDir private Path directory;
  private FakeNode fake;

  @BeforeEach
  void newNode() {
    fake = new FakeNode(directory);
  }

  @Test
  void privateMemoryIsResidentLessShared() {
    fake.process(7, 50 * MB);
    ProcessMemory memory = ProcessMemory.of(directory, 7, 0);
    assertEquals(
        new ProcessMemory(50 * MB + 20_480_000, 20_480_000, 50 * MB, "RSS - shared (RssAnon)"),
        memory);
  }

  @Test
  void sharedHeapIsAddedAndTheFormulaSaysSo() {
    fake.process(7, 50 * MB);
    ProcessMemory memory = requireNonNull(ProcessMemory.of(directory, 7, 400 * MB));
    assertEquals(450 * MB, memory.privateBytes());
    assertEquals("RssAnon + committed heap (ZGC's heap is shared)", memory.formula());
  }

  @Test
  void processThatIsGoneHasNone() {
    assertNull(ProcessMemory.of(directory, 8, 0));
    fake.write("proc/8/status", "Name:\tkthread\n");
    assertNull(ProcessMemory.of(directory, 8, 0));
  }

  @Test
  void pageTablesTellUniqueAndProportionalSize() {
    fake.write(
        "proc/7/smaps_rollup",
        """
        00-ff ---p 00 00:00 0 [rollup]
        Rss: 900 kB
        Pss: 500 kB
        Private_Clean: 100 kB
        Private_Dirty: 300 kB
        """);
    assertEquals(
        new ProcessMemory.Mapped(400 * 1024, 500 * 1024), ProcessMemory.mapped(directory, 7));
    assertNull(ProcessMemory.mapped(directory, 8));
  }

  @Test
  void identityIsNumberAndStartWhateverTheName() {
    ProcessIdentity identity = fake.process(7, 1);
    Path proc = directory.resolve("proc");
    assertEquals(Optional.of(new ProcessIdentity(7, 1007)), ProcessIdentity.of(proc, 7));
    assertTrue(identity.isAlive(proc));
    fake.process(7, 5555, 1, "");
    assertFalse(identity.isAlive(proc));
    assertEquals(Optional.empty(), ProcessIdentity.of(proc, 9));
  }

  @Test
  void deadButNotReapedIsNotAlive() {
    ProcessIdentity identity = fake.process(7, 1);
    fake.write("proc/7/stat", "7 (java) Z 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1007 1 1\n");
    assertFalse(identity.isAlive(directory.resolve("proc")));
  }

  @Test
  void largestUsersComeFirst() {
    fake.process(7, 10 * MB);
    fake.process(8, 30 * MB);
    fake.process(9, 20 * MB);
    assertEquals(
        List.of(8L, 9L),
        TopUsers.list(directory, 2, Map.of()).stream().map(TopUsers.User::pid).toList());
    assertEquals("java Worker", TopUsers.list(directory, 1, Map.of()).get(0).command());
  }
}

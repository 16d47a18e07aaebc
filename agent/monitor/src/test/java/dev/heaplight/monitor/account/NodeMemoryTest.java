package dev.heaplight.monitor.account;

import static dev.heaplight.monitor.FakeNode.MB;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.monitor.FakeNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMemoryTest {
  private static final long PID = 42;
  private static final long UNLIMITED_V1 = 9223372036854771712L;

  @TempDir private Path directory;
  private FakeNode fake;

  @BeforeEach
  void newNode() {
    fake = new FakeNode(directory);
  }

  @Test
  void hostIsTotalLessAvailable() {
    assertEquals(
        List.of(new MemoryLevel(MemoryLevel.Kind.HOST, "host", 4_000 * MB, 16_000 * MB, 2 * MB)),
        read());
  }

  @Test
  void firstVersionLeavesFilesOut() {
    fake.process(PID, 100 * MB);
    fake.v1(FakeNode.V1_GROUP, 600 * MB, 500 * MB, 200 * MB);
    MemoryLevel level = innermost();
    assertEquals(MemoryLevel.Kind.CGROUP_V1, level.kind());
    assertEquals(300 * MB, level.usedBytes());
    assertEquals(600 * MB, level.totalBytes());
    assertEquals(4096, level.sharedBytes());
    assertTrue(level.path().endsWith("/sys/fs/cgroup/memory/job"));
  }

  @Test
  void secondVersionLeavesFilesOut() {
    inSecondVersion("/pod");
    fake.v2("/sys/fs/cgroup/unified/pod", Long.toString(800 * MB), 700 * MB, 100 * MB);
    MemoryLevel level = innermost();
    assertEquals(MemoryLevel.Kind.CGROUP_V2, level.kind());
    assertEquals(600 * MB, level.usedBytes());
    assertEquals(800 * MB, level.totalBytes());
    assertEquals(8192, level.sharedBytes());
  }

  @Test
  void cgroupWithoutLimitBoundsNothing() {
    inSecondVersion("/pod");
    fake.v2("/sys/fs/cgroup/unified/pod", "max", 700 * MB, 0);
    assertEquals(1, read().size());
    fake.process(PID, 1);
    fake.v1(FakeNode.V1_GROUP, UNLIMITED_V1, 500 * MB, 0);
    assertEquals(1, read().size());
  }

  @Test
  void limitAboveTheHostBoundsNothing() {
    fake.process(PID, 1);
    fake.v1(FakeNode.V1_GROUP, 64_000 * MB, 500 * MB, 0);
    assertEquals(1, read().size());
  }

  @Test
  void ancestorsBoundToo() {
    inSecondVersion("/outer/inner");
    fake.v2("/sys/fs/cgroup/unified/outer", Long.toString(500 * MB), 450 * MB, 0);
    fake.v2("/sys/fs/cgroup/unified/outer/inner", Long.toString(800 * MB), 400 * MB, 0);
    assertEquals(
        List.of(16_000 * MB, 800 * MB, 500 * MB),
        read().stream().map(MemoryLevel::totalBytes).toList());
  }

  @Test
  void containerSeesItsOwnPartOfTheHierarchy() {
    fake.write(
        "proc/self/mountinfo",
        "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n");
    fake.process(PID, 7, 1, "4:memory:/docker/abc\n");
    fake.v1("/sys/fs/cgroup/memory", 300 * MB, 200 * MB, 0);
    assertEquals(300 * MB, innermost().totalBytes());
  }

  @Test
  void cgroupOutsideOfTheNameSpaceIsSeenThroughTheMount() {
    fake.process(PID, 7, 1, "4:memory:/../other\n");
    fake.v1("/sys/fs/cgroup/memory", 300 * MB, 200 * MB, 0);
    assertEquals(300 * MB, innermost().totalBytes());
  }

  @Test
  void swapChangesNothing() {
    fake.process(PID, 1);
    fake.v1(FakeNode.V1_GROUP, 600 * MB, 500 * MB, 0);
    List<MemoryLevel> before = read();
    fake.write(FakeNode.V1_GROUP + "/memory.memsw.limit_in_bytes", 900 * MB + "\n");
    fake.write(FakeNode.V1_GROUP + "/memory.memsw.usage_in_bytes", 880 * MB + "\n");
    assertEquals(before, read());
  }

  @Test
  void oldKernelWithoutAvailableIsReckoned() {
    fake.write(
        "proc/meminfo",
        "MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 50 kB\nCached: 300 kB\nShmem: 100 kB\n");
    assertEquals((1000 - 100 - 50 - 300 + 100) * 1024, read().get(0).usedBytes());
  }

  @Test
  void nothingIsDecidedByMissingOrGarbageFigures() {
    for (String garbage : List.of("", "MemTotal: x kB\nMemAvailable: 1 kB\n", "MemTotal: 5 kB\n")) {
      fake.write("proc/meminfo", garbage);
      assertNull(readOrNull());
    }
    fake.host(16_000 * MB, 12_000 * MB);
    fake.process(PID, 1);
    fake.v1(FakeNode.V1_GROUP, 600 * MB, 500 * MB, 0);
    for (String garbage : List.of("", "-1\n", "12x\n")) {
      fake.write(FakeNode.V1_GROUP + "/memory.usage_in_bytes", garbage);
      assertNull(readOrNull());
    }
    fake.delete(FakeNode.V1_GROUP + "/memory.usage_in_bytes");
    assertNull(readOrNull());
  }

  @Test
  void limitThatIsLoweredHoldsAtTheNextReading() {
    fake.process(PID, 1);
    fake.v1(FakeNode.V1_GROUP, 600 * MB, 300 * MB, 0);
    try (NodeMemory node = new NodeMemory(directory)) {
      node.follow(Set.of(PID));
      assertEquals(600 * MB, requireNonNull(node.read()).get(1).totalBytes());
      fake.write(FakeNode.V1_GROUP + "/memory.limit_in_bytes", 310 * MB + "\n");
      assertEquals(310 * MB, requireNonNull(node.read()).get(1).totalBytes());
    }
  }

  @Test
  void cgroupThatIsGoneIsForgotten() {
    fake.process(PID, 1);
    fake.v1(FakeNode.V1_GROUP, 600 * MB, 300 * MB, 0);
    try (NodeMemory node = new NodeMemory(directory)) {
      node.follow(Set.of(PID));
      for (String file : List.of("limit_in_bytes", "usage_in_bytes", "stat", "oom_control")) {
        fake.delete(FakeNode.V1_GROUP + "/memory." + file);
      }
      fake.delete(FakeNode.V1_GROUP);
      node.follow(Set.of(PID)); // it is in no group that bounds it any more
      assertEquals(List.of("host"), paths(node));
      // Descriptors of a real cgroup fail once it is gone; those of files must be opened anew.
      try (NodeMemory anew = new NodeMemory(directory)) {
        anew.follow(Set.of(PID));
        assertEquals(1, requireNonNull(anew.read()).size());
      }
    }
  }

  private static List<String> paths(NodeMemory node) {
    return requireNonNull(node.read()).stream().map(MemoryLevel::path).toList();
  }

  @Test
  void processCountsInItsOwnLevelsOnly() {
    fake.process(PID, 1);
    fake.process(43, 9, 1, "4:memory:/other\n");
    fake.v1(FakeNode.V1_GROUP, 600 * MB, 300 * MB, 0);
    fake.v1("/sys/fs/cgroup/memory/other", 700 * MB, 300 * MB, 0);
    try (NodeMemory node = new NodeMemory(directory)) {
      node.follow(Set.of(PID, 43L));
      List<MemoryLevel> levels = requireNonNull(node.read());
      MemoryLevel job =
          levels.stream().filter(level -> level.path().endsWith("job")).findAny().orElseThrow();
      assertTrue(node.counts(PID, job));
      assertFalse(node.counts(43, job));
      assertTrue(node.counts(43, levels.get(0)));
    }
  }

  private void inSecondVersion(String path) {
    fake.process(PID, 7, 1, "0::" + path + "\n");
  }

  private MemoryLevel innermost() {
    return read().get(1);
  }

  private List<MemoryLevel> read() {
    List<MemoryLevel> levels = readOrNull();
    assertTrue(levels != null);
    return levels == null ? List.of() : levels;
  }

  private @Nullable List<MemoryLevel> readOrNull() {
    try (NodeMemory node = new NodeMemory(directory)) {
      node.follow(Set.of(PID));
      return node.read();
    }
  }
}

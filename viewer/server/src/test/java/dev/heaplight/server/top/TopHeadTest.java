package dev.heaplight.server.top;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.server.session.Event;
import dev.heaplight.server.session.NodeView;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopHeadTest {
  private static final long MB = 1 << 20;
  private static final NodeView.Bound BOUND =
      new NodeView.Bound(
          new MemoryLevel(MemoryLevel.Kind.CGROUP_V2, "/job", 350 * MB, 500 * MB, 0),
          475 * MB,
          450 * MB);
  private final TopHead head = new TopHead(ZoneOffset.UTC);

  @Test
  void memoryCountsAndTheLastEventAreTold() {
    Event killed = new Event(1, 3_723_000, "KILL_WORKER", "worker \u001b[1m killed", "r.json");
    assertEquals(
        List.of(
            "heaplight top, 00:00:01  /s",
            "Memory   350 MiB of 500 MiB (70.0 %), threshold 475 MiB  /job",
            "Workers  0 running, 4 ended, 3 killed for memory  Tasks 0 running, 2 failed  Monitor on",
            "Event    01:02:03 KILL_WORKER  worker \\u001b[1m killed"),
        head.lines(snapshot("", BOUND, killed)));
  }

  @Test
  void troubleGoesBeforeEvents() {
    List<String> lines = head.lines(snapshot("the logs\ncannot be read", null, null));
    assertEquals("Memory   unknown: the kernel does not tell", lines.get(1));
    assertEquals("Trouble  the logs\\u000acannot be read", lines.get(3));
    assertEquals("Event    none so far", head.lines(snapshot("", null, null)).get(3));
  }

  private static TopSnapshot snapshot(
      String trouble, NodeView.@Nullable Bound bound, @Nullable Event last) {
    return new TopSnapshot(
        "/s", 1_000, true, trouble, bound, true, List.of(), List.of(), 4, 3, 2, last);
  }
}

package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Progress;
import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.act.KillReport.StackShare;
import dev.heaplight.server.session.NodeView;
import dev.heaplight.server.top.TopColumn;
import dev.heaplight.server.top.TopOrder;
import dev.heaplight.server.top.TopRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class TopDrawingTest {
  private static final long MB = 1 << 20;
  private static final long NONE = Progress.UNKNOWN;
  private static final List<String> HEAD = List.of("session", "memory", "workers", "event");
  private static final NodeView.Bound SHORT =
      new NodeView.Bound(
          new MemoryLevel(MemoryLevel.Kind.CGROUP_V2, "/job", 480 * MB, 500 * MB, 0),
          475 * MB,
          450 * MB);
  private static final TopRow WORKER =
      new TopRow(
          "w",
          TopRow.Sort.WORKER,
          4711,
          "acme.Worker",
          90 * MB,
          9 * MB,
          50 * MB,
          MB,
          7,
          "running",
          "");
  private static final TopRow HOSTILE =
      new TopRow(
          "t",
          TopRow.Sort.TASK,
          4711,
          "task \u001b[2J\u6ce8\u6587\u202e",
          NONE,
          NONE,
          2 * MB,
          MB,
          7,
          "running",
          "");
  private static final TopRow KILLED =
      new TopRow("k", TopRow.Sort.ENDED, 99, "task hog", NONE, NONE, MB, NONE, NONE, "killed", "");

  private final TopDrawing drawing = new TopDrawing(false);
  private final ScrolledLines place = new ScrolledLines();

  @Test
  void wideScreenShowsAllColumns() {
    assertEquals(
        List.of(
            "session",
            "memory",
            "workers",
            "event",
            "    PID     RSS\u25bc      SHR     HEAP     LIVE  ALLOC/s STATE   WORKER / TASK ",
            "   4711 90.0 MiB 9.00 MiB 50.0 MiB 1.00 MiB      7 B running acme.Worker   ",
            "   4711        -        - 2.00 MiB 1.00 MiB      7 B running   task \\u001b[2J"
                + "\u6ce8\u6587\\u202e ",
            "     99        -        - 1.00 MiB        -        - killed  task hog      ",
            "",
            "[paused] \u2191\u2193 move  \u21b5 stacks  1-8 < > sort  r reverse  / filter  p pause "
                + " q quit  1/3"),
        texts(list(TopOrder.USUAL, "[paused] ", 10, 100)));
  }

  @Test
  void narrowScreenShowsWhatMattersMost() {
    List<String> lines = texts(list(new TopOrder(TopColumn.HEAP, true), "", 10, 40));
    assertEquals("    PID      RSS    HEAP\u25b2 WORKER / TASK", lines.get(4).stripTrailing());
    assertEquals("   4711 90.0 MiB 50.0 MiB acme.Worker", lines.get(5).stripTrailing());
    assertTrue(lines.get(9).startsWith("q quit"), lines.get(9));
    List<String> flat = texts(list(TopOrder.USUAL, "", 6, 40));
    assertEquals("memory", flat.get(0));
    assertEquals(6, flat.size());
  }

  @Test
  void everyLineFitsHoweverSmallTheScreen() {
    for (boolean colours : new boolean[] {true, false}) {
      TopDrawing drawn = new TopDrawing(colours);
      for (int height = 1; height < 16; height++) {
        for (int width = 1; width < 120; width += 3) {
          place.resize(TopDrawing.rows(height));
          place.show(3, 2);
          assertFits(
              height,
              width,
              drawn.list(
                  HEAD,
                  SHORT,
                  List.of(WORKER, HOSTILE, KILLED),
                  place,
                  TopOrder.USUAL,
                  "[x] ",
                  "",
                  height,
                  width));
          assertFits(height, width, drawn.stacks(HOSTILE, null, place, "", height, width));
          assertFits(height, width, drawn.stacks(HOSTILE, stacks(), place, "", height, width));
        }
      }
    }
  }

  private static void assertFits(int height, int width, List<AttributedString> lines) {
    assertTrue(lines.size() <= height, height + "x" + width + ": " + lines.size());
    for (AttributedString line : lines) {
      assertTrue(line.columnLength() <= width, height + "x" + width + ": " + line);
      assertEquals(-1, line.toString().indexOf('\u001b'));
    }
  }

  @Test
  void hundredsOfTasksAreScrolledThrough() {
    List<TopRow> many = new ArrayList<>(Collections.nCopies(500, HOSTILE));
    many.set(400, KILLED);
    place.resize(TopDrawing.rows(30));
    place.show(many.size(), 400);
    List<String> lines =
        texts(drawing.list(HEAD, null, many, place, TopOrder.USUAL, "", "", 30, 100));
    assertTrue(lines.get(28).contains("task hog"), lines::toString);
    assertTrue(lines.get(29).endsWith("401/500"), lines.get(29));
  }

  @Test
  void emptySessionSaysSo() {
    place.show(0, 0);
    List<String> lines =
        texts(drawing.list(HEAD, null, List.of(), place, TopOrder.USUAL, "", "", 10, 100));
    assertTrue(lines.get(5).startsWith("nothing to show: "), lines::toString);
    assertTrue(lines.get(9).endsWith("0/0"), lines.get(9));
  }

  @Test
  void colourTellsOfShortMemoryAndKillsUnlessNoneIsWanted() {
    Pattern colour = Pattern.compile("\u001b\\[([0-9]+;)*3[0-7]m");
    for (boolean colours : new boolean[] {true, false}) {
      place.resize(4);
      place.show(3, 0);
      List<AttributedString> lines =
          new TopDrawing(colours)
              .list(
                  HEAD,
                  SHORT,
                  List.of(WORKER, HOSTILE, KILLED),
                  place,
                  TopOrder.USUAL,
                  "",
                  "",
                  10,
                  100);
      assertEquals(colours, colour.matcher(lines.get(1).toAnsi()).find());
      assertEquals(colours, colour.matcher(lines.get(7).toAnsi()).find());
      assertFalse(colour.matcher(lines.get(6).toAnsi()).find());
    }
  }

  @Test
  void stacksAreShownWithTheSelectedLineInFull() {
    place.resize(TopDrawing.stackRows(8));
    place.show(3, 1);
    List<String> lines = texts(drawing.stacks(HOSTILE, stacks(), place, "", 8, 26));
    assertEquals("2.00 MiB in 3 objects", lines.get(1));
    assertEquals("    com.acme.\\u001bJob.ru\u2026", lines.get(2));
    assertEquals("\\u001bJob.run(Job.java:42)", lines.get(6));
    assertEquals(
        "reading its recording", texts(drawing.stacks(HOSTILE, null, place, "", 8, 80)).get(1));
  }

  private static TopStacks stacks() {
    return TopStacks.of(
        HOSTILE,
        List.of(
            new StackShare(
                2 * MB, 3, List.of("com.acme.\u001bJob.run(Job.java:42)", "com.acme.Main.main"))));
  }

  private List<AttributedString> list(TopOrder order, String status, int height, int width) {
    place.resize(TopDrawing.rows(height));
    place.show(3, 0);
    return drawing.list(
        HEAD, null, List.of(WORKER, HOSTILE, KILLED), place, order, status, "", height, width);
  }

  private static List<String> texts(List<AttributedString> lines) {
    return lines.stream().map(AttributedString::toString).toList();
  }
}

package dev.heaplight.server.top;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopRowsTest {
  private static final long NONE = Progress.UNKNOWN;

  /** Workers b with two tasks and a with one, and a task that was killed. */
  private static TopSnapshot session() {
    return snapshot(
        List.of(
            new TopGroup(
                row("a", TopRow.Sort.WORKER, 7, "acme.Alpha", 300, 10, 50, 20, 9, "running"),
                List.of(row("a/1", TopRow.Sort.TASK, 7, "task load", NONE, NONE, 30, 20, 9, "x"))),
            new TopGroup(
                row("b", TopRow.Sort.WORKER, 9, "acme.Beta", 200, 30, 40, 30, 5, "silent"),
                List.of(
                    row("b/1", TopRow.Sort.TASK, 9, "task sort", NONE, NONE, 10, 0, 5, "x"),
                    row("b/2", TopRow.Sort.TASK, 9, "actor join", NONE, NONE, 20, NONE, 0, "x")))),
        List.of(row("r", TopRow.Sort.ENDED, 5, "task hog", NONE, NONE, 900, NONE, NONE, "killed")));
  }

  static TopSnapshot snapshot(List<TopGroup> groups, List<TopRow> ended) {
    return new TopSnapshot("/s", 0, true, "", null, true, groups, ended, 1, 1, 0, null);
  }

  static TopRow row(
      String key,
      TopRow.Sort sort,
      long pid,
      String name,
      long rss,
      long shared,
      long heap,
      long live,
      long rate,
      String state) {
    return new TopRow(key, sort, pid, name, rss, shared, heap, live, rate, state, "");
  }

  @ParameterizedTest
  @CsvSource({
    "PID, false, b b/2 b/1 a a/1 r",
    "RSS, false, a a/1 b b/2 b/1 r",
    "RSS, true, b b/2 b/1 a a/1 r",
    "SHR, false, b b/2 b/1 a a/1 r",
    "HEAP, false, a a/1 b b/2 b/1 r",
    "HEAP, true, b b/1 b/2 a a/1 r",
    "LIVE, false, b b/1 b/2 a a/1 r",
    "RATE, false, a a/1 b b/1 b/2 r",
    "STATE, false, a a/1 b b/2 b/1 r",
    "NAME, false, a a/1 b b/2 b/1 r",
    "NAME, true, b b/1 b/2 a a/1 r",
  })
  void workersAndTheirTasksAreSortedByTheColumn(TopColumn column, boolean reversed, String keys) {
    assertEquals(keys, keys(new TopOrder(column, reversed), ""));
  }

  @ParameterizedTest
  @CsvSource({
    "alpha, a a/1", // a worker that matches keeps all tasks
    "JOIN, b b/2", // a task that matches keeps its worker
    "hog, r",
    "'^9 ', b b/2 b/1",
    "task, a a/1 b b/1 r",
    "'load$|sort$', a a/1 b b/1",
    "nothing, ''",
  })
  void filterLooksAtProcessAndName(String filter, String keys) {
    assertEquals(keys, keys(TopOrder.USUAL, filter));
  }

  private static String keys(TopOrder order, String filter) {
    List<String> keys = new ArrayList<>();
    TopRows.of(session(), order, filter.isEmpty() ? null : TopRows.filter(filter))
        .forEach(row -> keys.add(row.key()));
    return String.join(" ", keys);
  }

  @Test
  void sameColumnAgainTurnsTheOrderRound() {
    assertEquals(new TopOrder(TopColumn.RSS, true), TopOrder.USUAL.by(TopColumn.RSS));
    assertEquals(TopOrder.USUAL, TopOrder.USUAL.by(TopColumn.RSS).by(TopColumn.RSS));
    assertEquals(new TopOrder(TopColumn.LIVE, false), TopOrder.USUAL.by(TopColumn.LIVE));
  }

  @Test
  void orderGoesFromColumnToColumnAndRound() {
    assertEquals(TopColumn.SHR, TopOrder.USUAL.shifted(1).column());
    assertEquals(TopColumn.NAME, TopOrder.USUAL.shifted(-2).column());
    assertEquals(TopColumn.PID, new TopOrder(TopColumn.NAME, true).shifted(1).column());
  }

  @Test
  void textHasALineForEachRowAndNothingThatDrivesATerminal() throws Exception {
    StringBuilder text = new StringBuilder();
    TopRow worker =
        row("a", TopRow.Sort.WORKER, 7, "acme.Alpha", 3 << 20, 1 << 20, 2048, NONE, 0, "running");
    TopRow task = row("b", TopRow.Sort.TASK, 7, "task \u001b[2J", NONE, NONE, 1, 0, 99, "running");
    TopText.write(List.of("head"), List.of(worker, task), text);
    assertEquals(
        """
        head

        PID       RSS       SHR      HEAP  LIVE  ALLOC/s  STATE    WORKER / TASK
          7  3.00 MiB  1.00 MiB  2.00 KiB     -      0 B  running  acme.Alpha
          7         -         -       1 B   0 B     99 B  running    task \\u001b[2J
        """,
        text.toString());
  }

  @Test
  void emptySessionSaysSo() throws Exception {
    StringBuilder text = new StringBuilder();
    TopText.write(List.of(), List.of(), text);
    assertEquals(
        "\nPID  RSS  SHR  HEAP  LIVE  ALLOC/s  STATE  WORKER / TASK\nnothing to show: no worker runs"
            + " here, or none has what the filter asks for\n",
        text.toString());
  }
}

package dev.heaplight.server.top;

import dev.heaplight.server.session.Event;
import dev.heaplight.server.session.NodeView;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.PlainText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is said above the rows; safe for a terminal. */
public final class TopHead {
  private final DateTimeFormatter clock;

  /** With times of day in a zone. */
  public TopHead(ZoneId zone) {
    clock = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  /** Four lines: session, memory of the node, workers and tasks, and trouble or the last event. */
  public List<String> lines(TopSnapshot snapshot) {
    return List.of(
        PlainText.oneLine(
            "heaplight top, " + clock(snapshot.timeMillis()) + "  " + snapshot.session()),
        memory(snapshot.bound()),
        counts(snapshot),
        PlainText.oneLine(
            snapshot.trouble().isEmpty() ? lastEvent(snapshot) : "Trouble  " + snapshot.trouble()));
  }

  private String clock(long millis) {
    return clock.format(Instant.ofEpochMilli(millis));
  }

  private static String memory(NodeView.@Nullable Bound bound) {
    if (bound == null) {
      return "Memory   unknown: the kernel does not tell";
    }
    return PlainText.oneLine(
        "Memory   "
            + Figures.bytes(bound.level().usedBytes())
            + " of "
            + Figures.bytes(bound.level().totalBytes())
            + " ("
            + Figures.percent(bound.level().fraction())
            + "), threshold "
            + Figures.bytes(bound.triggerBytes())
            + "  "
            + bound.level().path());
  }

  private static String counts(TopSnapshot snapshot) {
    return "Workers  "
        + Figures.count(snapshot.groups().size())
        + " running, "
        + Figures.count(snapshot.workersEnded())
        + " ended, "
        + Figures.count(snapshot.killed())
        + " killed for memory  Tasks "
        + Figures.count(snapshot.tasks())
        + " running, "
        + Figures.count(snapshot.failed())
        + " failed  Monitor "
        + (snapshot.monitorLeads() ? "on" : "off");
  }

  private String lastEvent(TopSnapshot snapshot) {
    Event last = snapshot.last();
    return last == null
        ? "Event    none so far"
        : "Event    " + clock(last.timeMillis()) + " " + last.type() + "  " + last.text();
  }
}

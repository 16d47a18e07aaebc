package dev.heaplight.cli;

import dev.heaplight.monitor.act.HottestStacks;
import dev.heaplight.monitor.act.KillReport.StackShare;
import dev.heaplight.server.session.LogFile;
import dev.heaplight.server.top.TopRow;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stacks that allocated most in a task, as its recording has them up to its last flush.
 *
 * @param row the task, or a worker that is recorded as a whole
 * @param lines what is to be shown; safe for a terminal
 */
record TopStacks(TopRow row, List<String> lines) {
  private static final int STACKS = 20;
  private static final int FRAMES = 12;

  /** Reads them from a file; what is wrong with it takes their place. */
  static TopStacks read(TopRow row, Optional<LogFile> file) {
    if (row.recording().isEmpty()) {
      return of(row, "it has no recording of its own; choose one of its tasks");
    }
    if (file.isEmpty()) {
      return of(row, "its recording does not lie in the session's logs: " + row.recording());
    }
    LogFile found = file.get();
    try {
      return of(row, HottestStacks.read(found.confined(), STACKS));
    } catch (IOException e) {
      return of(row, String.valueOf(ReadErrors.of(found.path(), e).getMessage()));
    } catch (OutOfMemoryError e) {
      return of(
          row,
          "its recording is too large for this screen; see it with heaplight tree " + found.path());
    }
  }

  private static TopStacks of(TopRow row, String message) {
    return new TopStacks(row, List.of(PlainText.oneLine(message)));
  }

  static TopStacks of(TopRow row, List<StackShare> stacks) {
    List<String> lines = new ArrayList<>();
    for (StackShare stack : stacks) {
      lines.add(
          Figures.bytes(stack.bytes()) + " in " + Figures.count(stack.objects()) + " objects");
      stack.frames().stream()
          .limit(FRAMES)
          .map(frame -> "    " + PlainText.oneLine(frame))
          .forEach(lines::add);
      int more = stack.frames().size() - FRAMES;
      if (more > 0) {
        lines.add("    and " + more + (more == 1 ? " frame" : " frames") + " more");
      }
    }
    return lines.isEmpty()
        ? of(row, "nothing of it has been recorded so far")
        : new TopStacks(row, lines);
  }
}

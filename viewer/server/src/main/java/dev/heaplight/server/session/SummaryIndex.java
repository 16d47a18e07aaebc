package dev.heaplight.server.session;

import dev.heaplight.format.RecordingLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Summaries of a session's recordings. A file is read again only when its size or time of writing
 * changed, and while it grows no more often than costs a twentieth of a core.
 *
 * <p>One thread updates, any number look up.
 */
public final class SummaryIndex {
  private static final int COST_FACTOR = 20;

  private final String hostName;
  private final Map<String, String> shared = SummaryReader.pool();
  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, RecordingSummary> summaries = new ConcurrentHashMap<>();

  /**
   * What is known of a file.
   *
   * @param file as it was when it was read
   * @param readNanos when it was read
   * @param tookNanos how long that took
   */
  private record Entry(LogFile file, long readNanos, long tookNanos) {}

  /** An empty index; {@code hostName} is this node's, as the agent would write it. */
  SummaryIndex(String hostName) {
    this.hostName = hostName;
  }

  /**
   * Reads what changed, the latest files first, for about {@code budgetNanos}.
   *
   * @return how many files of {@code files} wait for the next call because of the budget
   */
  int update(Collection<LogFile> files, long budgetNanos) {
    long start = System.nanoTime();
    List<LogFile> changed = new ArrayList<>();
    Map<String, LogFile> present = new HashMap<>();
    for (LogFile file : files) {
      if (file.name().endsWith(RecordingLayout.FILE_EXTENSION)) {
        present.put(file.name(), file);
        if (isDue(file, start)) {
          changed.add(file);
        }
      }
    }
    entries.keySet().retainAll(present.keySet());
    summaries.keySet().retainAll(present.keySet());
    changed.sort((left, right) -> Long.compare(right.modifiedMillis(), left.modifiedMillis()));
    int read = 0;
    for (LogFile file : changed) {
      if (read > 0 && System.nanoTime() - start > budgetNanos) {
        break;
      }
      read(file);
      read++;
    }
    return changed.size() - read;
  }

  private boolean isDue(LogFile file, long now) {
    Entry known = entries.get(file.name());
    if (known == null) {
      return true;
    }
    RecordingSummary summary = summaries.get(file.name());
    // An open one may have been left by its worker, which its file does not show.
    boolean mayHaveChanged =
        !file.isAsBefore(known.file()) || (summary != null && summary.isOpen());
    return mayHaveChanged && now - known.readNanos() >= COST_FACTOR * known.tookNanos();
  }

  private void read(LogFile file) {
    long before = System.nanoTime();
    try {
      summaries.put(file.name(), SummaryReader.read(file.confined(), hostName, shared));
    } catch (IOException | RuntimeException e) {
      summaries.put(file.name(), RecordingSummary.damaged());
    }
    long after = System.nanoTime();
    entries.put(file.name(), new Entry(file, after, after - before));
  }

  /** What a recording comes to; null if it was not read yet or is none. */
  public @Nullable RecordingSummary of(String name) {
    return summaries.get(name);
  }

  /** All summaries by name of file; changes as files are read. */
  public Map<String, RecordingSummary> all() {
    return summaries;
  }
}

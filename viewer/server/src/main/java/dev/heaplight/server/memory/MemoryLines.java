package dev.heaplight.server.memory;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingException;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import dev.heaplight.server.session.LogFile;
import dev.heaplight.server.session.RecordingSummary;
import dev.heaplight.server.session.SessionView;
import dev.heaplight.server.session.SummaryIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads lines of memory out of recordings, large ones by skimming them, and keeps those read last:
 * a line is read again only when its file was written to. One reader at a time.
 */
public final class MemoryLines {
  private static final int KEPT = 128;

  /** Recordings of one worker that are read for its line, those that cover most time. */
  private static final int MAX_RECORDINGS = 24;

  /** Points of one recording before they are thinned out; some 3 hours at 10 a second. */
  private static final int MAX_READ = 100_000;

  /** Skimming tells nothing of collections; a larger file is only skimmed all the same. */
  private static final long WHOLE_BYTES = 4 << 20;

  private final Map<String, Kept> lines = new LinkedHashMap<>(16, 0.75f, true);

  private record Kept(LogFile file, MemoryLine line) {}

  /** The line of one recording: of its process, and what lived of its scope. */
  public synchronized MemoryLine of(LogFile file) throws IOException {
    Kept known = lines.get(file.name());
    if (known != null && known.file().isAsBefore(file)) {
      return known.line();
    }
    MemoryLine line = read(file);
    lines.put(file.name(), new Kept(file, line));
    if (lines.size() > KEPT) {
      lines.remove(lines.keySet().iterator().next());
    }
    return line;
  }

  /**
   * The line of a worker's process, by the recordings it wrote; without points if it wrote none.
   */
  public MemoryLine ofWorker(SessionView view, SummaryIndex index, String host, long pid)
      throws IOException {
    List<Map.Entry<String, RecordingSummary>> written = new ArrayList<>();
    for (Map.Entry<String, RecordingSummary> entry : index.all().entrySet()) {
      RecordingSummary summary = entry.getValue();
      if (summary.pid() == pid && summary.host().equals(host)) {
        written.add(entry);
      }
    }
    written.sort(Comparator.comparingLong(entry -> -entry.getValue().durationMillis()));
    List<MemoryLine> united = new ArrayList<>();
    for (var entry : written.subList(0, Math.min(MAX_RECORDINGS, written.size()))) {
      LogFile file = view.files().get(entry.getKey());
      if (file != null) {
        united.add(of(file));
      }
    }
    return MemoryLine.united(united);
  }

  private static MemoryLine read(LogFile file) throws IOException {
    Points points = new Points();
    try {
      Object unused =
          file.sizeBytes() <= WHOLE_BYTES
              ? RecordingReader.read(file.confined(), points)
              : RecordingReader.skim(file.confined(), points);
    } catch (RecordingException e) {
      return MemoryLine.of(points.read); // up to where it is damaged
    }
    return MemoryLine.of(points.read);
  }

  private static final class Points implements RecordingVisitor {
    private final List<MemoryLine.Point> read = new ArrayList<>();
    private long startMillis;

    @Override
    public void header(RecordingHeader header, Dictionary dictionary) {
      startMillis = header.startEpochMillis();
    }

    @Override
    public void memory(MemorySample sample) {
      add(
          sample.elapsedMillis(),
          sample.rssMinusSharedBytes(),
          sample.heapUsedBytes(),
          Progress.UNKNOWN);
    }

    @Override
    public void collection(GcPoint point) {
      if (point.liveBytes() >= 0) {
        add(point.elapsedMillis(), Progress.UNKNOWN, Progress.UNKNOWN, point.liveBytes());
      }
    }

    private void add(long elapsedMillis, long rss, long heap, long live) {
      if (read.size() < MAX_READ) {
        read.add(new MemoryLine.Point(startMillis + elapsedMillis, rss, heap, live));
      }
    }
  }
}

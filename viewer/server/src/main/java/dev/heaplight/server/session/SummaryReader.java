package dev.heaplight.server.session;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Footer;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingException;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import dev.heaplight.viewer.session.RecordingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a recording comes to by skimming it: blocks of stacks are passed over, so that the
 * cost goes by the number of flushes and not by the file's size. Without a footer the figures are
 * those of the last flush.
 */
final class SummaryReader implements RecordingVisitor {
  /** Enough for any session's names of nodes, kinds and tasks; the rest goes unshared. */
  private static final int MAX_SHARED = 10_000;

  private final Map<String, String> shared;
  private @Nullable RecordingHeader header;
  private @Nullable Footer footer;
  private @Nullable Progress progress;
  private @Nullable AgentCost agent;
  private @Nullable LiveKind unfinished;
  private long unfinishedBytes;
  private long peakBytes = Progress.UNKNOWN;
  private long survivingBytes = Progress.UNKNOWN;
  private String caveat = "";

  private SummaryReader(Map<String, String> shared) {
    this.shared = shared;
  }

  /** A pool of equal strings, for {@link #read}. */
  static Map<String, String> pool() {
    return new HashMap<>();
  }

  /**
   * Reads a recording's summary.
   *
   * @param hostName this node, as the agent would write it
   * @param shared strings of other summaries, each kept once
   * @throws IOException if the file cannot be read, as opposed to what is in it
   */
  static RecordingSummary read(Path file, String hostName, Map<String, String> shared)
      throws IOException {
    SummaryReader reader = new SummaryReader(shared);
    try {
      Object unused = RecordingReader.skim(file, reader);
    } catch (RecordingException e) {
      return RecordingSummary.damaged();
    }
    return reader.summary(hostName);
  }

  private RecordingSummary summary(String hostName) {
    RecordingHeader known = header;
    if (known == null) {
      return RecordingSummary.damaged();
    }
    Footer end = footer;
    Progress last = progress;
    AgentCost cost = agent;
    long none = Progress.UNKNOWN;
    return new RecordingSummary(
        once(known.name()),
        once(known.kind()),
        known.id(),
        known.startEpochMillis(),
        end != null ? end.durationMillis() : last != null ? last.elapsedMillis() : none,
        known.pid(),
        once(known.host()),
        end != null ? RecordingState.COMPLETE : RecordingState.ofUnfinished(known, hostName),
        end != null ? end.allocatedBytes() : last != null ? last.jvmAllocatedBytes() : none,
        peakBytes,
        survivingBytes,
        attempt(known.attributes().getOrDefault("attempt", "")),
        cost == null ? none : cost.cpuNanos(),
        cost == null ? none : cost.memoryBytes(),
        once(caveat));
  }

  private static int attempt(String text) {
    try {
      return text.isEmpty() ? 0 : Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return 0; // the scope's own attribute of that name
    }
  }

  private String once(String text) {
    String known = shared.get(text);
    if (known == null && shared.size() < MAX_SHARED) {
      shared.put(text, text);
    }
    return known == null ? text : known;
  }

  @Override
  public void header(RecordingHeader header, Dictionary dictionary) {
    this.header = header;
  }

  @Override
  public void progress(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void note(String text) {
    if (caveat.isEmpty()) {
      // Figures would make each one its own: what is counted by it is the sort.
      caveat = text.split("[:;.(0-9]", 2)[0].strip();
    }
  }

  @Override
  public void agent(AgentCost cost) {
    agent = cost;
  }

  @Override
  public void live(LiveHeader live) {
    unfinished = live.kind();
    unfinishedBytes = 0;
  }

  @Override
  public void liveEntry(int stack, int className, int thread, long objects, long bytes) {
    unfinishedBytes += bytes;
  }

  @Override
  public void liveEnd() {
    if (unfinished == LiveKind.PEAK) {
      peakBytes = unfinishedBytes;
    } else if (unfinished == LiveKind.SURVIVORS) {
      survivingBytes = unfinishedBytes;
    }
    unfinished = null;
  }

  @Override
  public void footer(Footer footer) {
    this.footer = footer;
  }
}

package dev.heaplight.viewer.model;

import dev.heaplight.format.ReadOutcome;
import dev.heaplight.format.RecordingHeader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What several recordings say of themselves: what they have in common, and their number. */
final class JoinedHeader {
  private static final String SEVERAL = "several";

  private int recordings;
  private int incomplete;
  private long usableBytes;
  private long truncatedBytes;
  private @Nullable RecordingHeader common;

  void add(RecordingModel model) {
    recordings += model.recordings();
    incomplete += model.complete() ? 0 : 1;
    usableBytes += model.outcome().usableBytes();
    truncatedBytes += model.outcome().truncatedBytes();
    common = common == null ? model.header() : inCommon(common, model.header());
  }

  int recordings() {
    return recordings;
  }

  int incomplete() {
    return incomplete;
  }

  ReadOutcome outcome() {
    return new ReadOutcome(incomplete == 0, usableBytes, truncatedBytes);
  }

  /** The header, with the number of recordings as its first attribute. */
  RecordingHeader header() {
    RecordingHeader of = common;
    if (of == null) {
      throw new IllegalStateException("no recording was added");
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("Recordings", Integer.toString(recordings));
    attributes.putAll(of.attributes());
    return new RecordingHeader(
        of.name(),
        of.kind(),
        of.id(),
        attributes,
        of.mode(),
        of.startEpochMillis(),
        of.pid(),
        of.host(),
        of.jvm(),
        of.agentVersion());
  }

  private static RecordingHeader inCommon(RecordingHeader one, RecordingHeader other) {
    Map<String, String> attributes = new LinkedHashMap<>(one.attributes());
    attributes.entrySet().retainAll(other.attributes().entrySet());
    return new RecordingHeader(
        same(one.name(), other.name()),
        same(one.kind(), other.kind()),
        one.id().equals(other.id()) ? one.id() : "",
        attributes,
        same(one.mode(), other.mode()),
        Math.min(one.startEpochMillis(), other.startEpochMillis()),
        one.pid() == other.pid() ? one.pid() : 0,
        same(one.host(), other.host()),
        same(one.jvm(), other.jvm()),
        same(one.agentVersion(), other.agentVersion()));
  }

  private static String same(String one, String other) {
    return one.equals(other) ? one : SEVERAL;
  }
}

package dev.heaplight.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counts what a recording too large to look at holds of live objects. */
final class LiveCounts implements RecordingVisitor {
  private final List<LiveHeader> begun = new ArrayList<>();
  private final List<LiveHeader> whole = new ArrayList<>();
  private long entries;

  static LiveCounts of(Path file) throws IOException {
    LiveCounts counts = new LiveCounts();
    RecordingReader.read(file, counts);
    return counts;
  }

  /** Number of live blocks in {@code file}. */
  static int blocksIn(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int blocks = 0;
    int at =
        RecordingLayout.FILE_HEADER_LENGTH
            + bytes.getInt(RecordingLayout.FILE_PAYLOAD_LENGTH_OFFSET);
    while (at < bytes.limit()) {
      blocks += bytes.get(at) == RecordingLayout.TYPE_LIVE ? 1 : 0;
      at +=
          RecordingLayout.BLOCK_HEADER_LENGTH
              + bytes.getInt(at + RecordingLayout.STORED_LENGTH_OFFSET);
    }
    return blocks;
  }

  /** Compositions that began. */
  List<LiveHeader> begun() {
    return begun;
  }

  /** Compositions that ended. */
  List<LiveHeader> whole() {
    return whole;
  }

  /** Entries of all of them. */
  long entries() {
    return entries;
  }

  @Override
  public void live(LiveHeader header) {
    begun.add(header);
  }

  @Override
  public void liveEntry(int stack, int className, int thread, long objects, long bytes) {
    entries++;
  }

  @Override
  public void liveEnd() {
    whole.add(begun.get(begun.size() - 1));
  }
}

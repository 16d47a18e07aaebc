package dev.heaplight.viewer.jfr;

import dev.heaplight.format.CorruptRecordingException;
import dev.heaplight.format.NotARecordingException;
import dev.heaplight.format.ReadOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The chunks of a file that can be read. A chunk that ends behind the file's end, or has no tables
 * yet, is still being written or was cut off; it can only be the last, and is left out.
 *
 * @param all chunks in order of the file, at least one
 * @param fileBytes length of the file
 */
record ChunkTable(List<Chunk> all, long fileBytes) {
  private static final int MAJOR_VERSION = 2;

  static ChunkTable of(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    List<Chunk> chunks = new ArrayList<>();
    long offset = 0;
    while (offset + Chunk.HEADER_LENGTH <= size) {
      ByteBuffer header = header(channel, offset);
      check(file, header, offset);
      Chunk chunk = Chunk.of(header, offset);
      if (!Chunk.hasTables(header) || chunk.lengthBytes() > size - offset) {
        break;
      }
      if (!Chunk.isSound(header)) {
        throw new CorruptRecordingException(
            file, offset, "tables inside the chunk", "a chunk of " + chunk.lengthBytes());
      }
      if (chunk.lengthBytes() > Integer.MAX_VALUE) {
        throw new CorruptRecordingException(
            file, offset, "a chunk below 2 GiB", chunk.lengthBytes() + " bytes");
      }
      chunks.add(chunk);
      offset = chunk.endOffset();
      if (!chunk.finished()) {
        break;
      }
    }
    if (chunks.isEmpty()) {
      throw new NotARecordingException(
          file,
          "a JFR file without a finished part",
          "end the recording first, or write what there is of it to another file, for instance"
              + " with jcmd PID JFR.dump");
    }
    return new ChunkTable(List.copyOf(chunks), size);
  }

  private static ByteBuffer header(FileChannel channel, long offset) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Chunk.HEADER_LENGTH);
    while (header.hasRemaining() && channel.read(header, offset + header.position()) >= 0) {
      // one read is enough but for a slow file system
    }
    return header;
  }

  private static void check(Path file, ByteBuffer header, long offset) throws IOException {
    if (!Chunk.isMagic(header)) {
      throw new CorruptRecordingException(
          file, offset, "a chunk of JFR events", "bytes that do not begin one");
    }
    int major = header.getShort(Chunk.VERSION_OFFSET);
    if (major != MAJOR_VERSION) {
      throw new NotARecordingException(
          file,
          "a JFR file of version " + major,
          "give a recording of JDK 11 or newer, or of async-profiler");
    }
  }

  /**
   * Bytes of a chunk and of the next one's header. The reader looks as far ahead before each event:
   * a chunk's last ones must not be behind the end of what it is given.
   */
  long readableBytes(Chunk chunk) {
    return chunk.lengthBytes() + (chunk.equals(last()) ? 0 : Chunk.HEADER_LENGTH);
  }

  private Chunk last() {
    return all.get(all.size() - 1);
  }

  /** Start of the recording, nanoseconds since the epoch. */
  long startNanos() {
    return all.get(0).startNanos();
  }

  long durationMillis() {
    return Math.max(0, (last().endNanos() - startNanos()) / 1_000_000);
  }

  ReadOutcome outcome() {
    long truncated = fileBytes - last().endOffset();
    return new ReadOutcome(last().finished() && truncated == 0, last().endOffset(), truncated);
  }
}

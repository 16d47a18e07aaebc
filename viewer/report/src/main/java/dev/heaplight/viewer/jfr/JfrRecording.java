package dev.heaplight.viewer.jfr;

import dev.heaplight.format.CorruptRecordingException;
import dev.heaplight.format.NotARecordingException;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import one.jfr.JfrReader;

/**
 * A {@code .jfr} file. It is a row of chunks, each complete in itself, which are read one by one:
 * what is held at a time is one chunk's tables and the model so far.
 */
public final class JfrRecording {
  /** No sound chunk takes more memory for each of its bytes. */
  private static final long MOST_MEMORY_PER_BYTE = 20;

  private JfrRecording() {}

  /**
   * Whether {@code file} begins as a JFR file does.
   *
   * @throws IOException if it cannot be opened or read
   */
  public static boolean is(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Chunk.isMagic(ByteBuffer.wrap(in.readNBytes(Integer.BYTES)));
    }
  }

  /**
   * Reads what of {@code file} falls into {@code window}, whose time begins with the recording.
   * Time grows with events; memory with distinct stacks, the largest chunk's tables, and the blocks
   * of native memory that are held at a time.
   *
   * @throws NotARecordingException if it has no events about memory, or no chunk that is finished,
   *     or is of a version that is not known
   * @throws CorruptRecordingException if its bytes make no sense
   * @throws IOException if it cannot be opened or read
   */
  public static RecordingModel read(Path file, TimeWindow window) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ChunkTable chunks = ChunkTable.of(file, channel);
      JfrModelBuilder builder = new JfrModelBuilder(chunks, window);
      for (Chunk chunk : chunks.all()) {
        ByteBuffer bytes =
            channel.map(FileChannel.MapMode.READ_ONLY, chunk.offset(), chunks.readableBytes(chunk));
        read(file, chunk, bytes, builder);
      }
      return builder.model(file);
    }
  }

  /**
   * The reader trusts what it reads: damaged bytes show as whatever exception they happen to lead
   * to, or as tables too large for the memory there is.
   */
  private static void read(Path file, Chunk chunk, ByteBuffer bytes, JfrModelBuilder builder)
      throws IOException {
    if (!PoolChain.ends(bytes)) {
      throw new CorruptRecordingException(
          file, chunk.offset(), "constant pools that end", "pools that lead nowhere");
    }
    try (JfrReader reader = new JfrReader(bytes)) {
      reader.stopAtNewChunk = true;
      builder.add(reader);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw corrupt(file, chunk, e);
    } catch (OutOfMemoryError e) {
      if (chunk.lengthBytes() * MOST_MEMORY_PER_BYTE > Runtime.getRuntime().maxMemory()) {
        throw e;
      }
      throw corrupt(file, chunk, e);
    }
  }

  private static CorruptRecordingException corrupt(Path file, Chunk chunk, Throwable cause) {
    CorruptRecordingException corrupt =
        new CorruptRecordingException(
            file, chunk.offset(), "a chunk of JFR events", String.valueOf(cause));
    corrupt.initCause(cause);
    return corrupt;
  }
}

package dev.heaplight.viewer.jfr;

import java.nio.ByteBuffer;

/**
 * Header of a chunk, a file in the file. Big-endian:
 *
 * <pre>
 *  0  "FLR\0"   4  major, minor version: 2 bytes each   8  length of the chunk
 * 16  offset of the last constant pool                  24  offset of the metadata
 * 32  start, nanoseconds since the epoch                40  duration, nanoseconds
 * 48  start, ticks    56  ticks a second    64  state: 0 when finished
 * </pre>
 *
 * @param offset where in the file the chunk begins
 * @param lengthBytes length of the chunk
 * @param startNanos start, nanoseconds since the epoch
 * @param durationNanos duration
 * @param finished whether nothing will be added to it
 */
record Chunk(long offset, long lengthBytes, long startNanos, long durationNanos, boolean finished) {
  static final int HEADER_LENGTH = 68;
  static final int VERSION_OFFSET = 4;
  private static final int MAGIC = 'F' << 24 | 'L' << 16 | 'R' << 8;
  private static final int LENGTH_OFFSET = 8;
  private static final int POOL_OFFSET = 16;
  private static final int METADATA_OFFSET = 24;
  private static final int START_OFFSET = 32;
  private static final int DURATION_OFFSET = 40;
  private static final int STATE_OFFSET = 64;

  /** Whether {@code bytes} begin as a chunk does. */
  static boolean isMagic(ByteBuffer bytes) {
    return bytes.limit() >= Integer.BYTES && bytes.getInt(0) == MAGIC;
  }

  /** The chunk of {@code header}, which is at {@code offset} of its file. */
  static Chunk of(ByteBuffer header, long offset) {
    return new Chunk(
        offset,
        header.getLong(LENGTH_OFFSET),
        header.getLong(START_OFFSET),
        header.getLong(DURATION_OFFSET),
        header.get(STATE_OFFSET) == 0);
  }

  static long poolOffset(ByteBuffer header) {
    return header.getLong(POOL_OFFSET);
  }

  /** Whether the tables that events refer to have been written; the recorder does that last. */
  static boolean hasTables(ByteBuffer header) {
    return poolOffset(header) != 0 && header.getLong(METADATA_OFFSET) != 0;
  }

  /** Whether the tables lie inside the chunk. */
  static boolean isSound(ByteBuffer header) {
    long length = header.getLong(LENGTH_OFFSET);
    return length >= HEADER_LENGTH
        && isInside(poolOffset(header), length)
        && isInside(header.getLong(METADATA_OFFSET), length);
  }

  private static boolean isInside(long offset, long length) {
    return offset >= HEADER_LENGTH && offset < length;
  }

  long endOffset() {
    return offset + lengthBytes;
  }

  long endNanos() {
    return startNanos + durationNanos;
  }
}

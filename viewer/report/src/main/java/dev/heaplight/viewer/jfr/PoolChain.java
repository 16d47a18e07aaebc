package dev.heaplight.viewer.jfr;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The constant pools of a chunk, each of which says how far away the next one to read is. The
 * reader follows them for as long as they lead somewhere; damaged, they may lead in a circle.
 *
 * <p>A pool begins with numbers of variable length: its size, its type, start and duration in
 * ticks, and the bytes from its own beginning to the next pool's, 0 in the last.
 */
final class PoolChain {
  private static final int FIELDS_BEFORE_DISTANCE = 4;

  private PoolChain() {}

  /** Whether the pools of {@code chunk} come to an end; its header must be sound. */
  static boolean ends(ByteBuffer chunk) {
    Set<Long> seen = new HashSet<>();
    long pool = Chunk.poolOffset(chunk);
    while (pool >= Chunk.HEADER_LENGTH && pool < chunk.limit() && seen.add(pool)) {
      int at = (int) pool;
      for (int i = 0; i < FIELDS_BEFORE_DISTANCE && at >= 0; i++) {
        at = skip(chunk, at);
      }
      if (at < 0 || skip(chunk, at) < 0) {
        return false;
      }
      long distance = number(chunk, at);
      if (distance == 0) {
        return true;
      }
      pool += distance;
    }
    return false;
  }

  /** Where the number at {@code at} ends; -1 when the chunk does before. */
  private static int skip(ByteBuffer bytes, int at) {
    for (int i = at; i < bytes.limit(); i++) {
      if (bytes.get(i) >= 0 || i - at == Long.BYTES) {
        return i + 1;
      }
    }
    return -1;
  }

  /** Seven bits a byte, lowest first; a ninth byte is taken whole. */
  private static long number(ByteBuffer bytes, int at) {
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      byte next = bytes.get(at + i);
      number |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return number;
      }
    }
    return number | (bytes.get(at + Long.BYTES) & 0xFFL) << (7 * Long.BYTES);
  }
}

package dev.heaplight.viewer.flamegraph;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses what is written as one gzip member (RFC 1952), pieces of it at the same time. Each
 * piece ends at a byte, so that the compressed pieces behind one another are one stream. Used by
 * one thread.
 */
final class ParallelGzip extends OutputStream {
  private static final int PIECE_BYTES = 1 << 20;
  private static final int MOST_WAITING = 8;
  private static final byte[] HEADER = {0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, 0};

  private final OutputStream out;
  private final int level;
  private final CRC32 crc = new CRC32();
  private final Queue<CompletableFuture<byte[]>> pieces = new ArrayDeque<>();
  private byte[] piece = new byte[PIECE_BYTES];
  private int length;
  private long total;

  /** Writes the member to {@code out}, which {@link #close} leaves open. */
  ParallelGzip(OutputStream out, int level) throws IOException {
    this.out = out;
    this.level = level;
    out.write(HEADER);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int some = Math.min(count - done, PIECE_BYTES - length);
      System.arraycopy(bytes, offset + done, piece, length, some);
      length += some;
      done += some;
      if (length == PIECE_BYTES) {
        submit(false);
      }
    }
  }

  private void submit(boolean last) throws IOException {
    byte[] full = last ? Arrays.copyOf(piece, length) : piece;
    crc.update(full);
    total += full.length;
    pieces.add(CompletableFuture.supplyAsync(() -> compressed(full, last)));
    piece = new byte[last ? 0 : PIECE_BYTES];
    length = 0;
    while (pieces.size() > (last ? 0 : MOST_WAITING)) {
      out.write(pieces.remove().join());
    }
  }

  private byte[] compressed(byte[] full, boolean last) {
    Deflater deflater = new Deflater(level, true);
    try {
      deflater.setInput(full);
      if (last) {
        deflater.finish();
      }
      ByteArrayOutputStream compressed = new ByteArrayOutputStream(full.length / 2 + 64);
      byte[] buffer = new byte[1 << 16];
      int flush = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
      int count;
      do {
        count = deflater.deflate(buffer, 0, buffer.length, flush);
        compressed.write(buffer, 0, count);
      } while (count == buffer.length);
      return compressed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  @Override
  public void close() throws IOException {
    submit(true);
    littleEndian(crc.getValue());
    littleEndian(total);
  }

  private void littleEndian(long value) throws IOException {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write((int) (value >>> shift));
    }
  }
}

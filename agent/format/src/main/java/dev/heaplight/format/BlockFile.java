package dev.heaplight.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/**
 * The file below a {@link RecordingWriter}: frames blocks and appends whole flushes.
 *
 * <p>All blocks of a flush go to the file in one write, so that a kill between two flushes leaves
 * whole blocks. A write that fails part-way, on a full disk for instance, is undone by cutting the
 * file back to its last whole flush.
 *
 * <p>Interrupts: scopes are closed by the application's threads, which may be interrupted to end
 * them. A file channel would be closed for good by such a thread's first write; this is none.
 */
final class BlockFile implements Closeable {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final RandomAccessFile file;
  private ByteBuffer pending = newBuffer(4096);
  private long wholeBytes;

  private BlockFile(RandomAccessFile file, long wholeBytes) {
    this.file = file;
    this.wholeBytes = wholeBytes;
  }

  /**
   * Creates the file, readable and writable by its owner alone.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  static BlockFile create(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Path created = posix ? Files.createFile(file, OWNER_ONLY) : Files.createFile(file);
    return new BlockFile(new RandomAccessFile(created.toFile(), "rw"), 0);
  }

  /** Opens a file of whole blocks, to append more. */
  static BlockFile atEndOf(Path file) throws IOException {
    RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
    try {
      long length = opened.length();
      opened.seek(length);
      return new BlockFile(opened, length);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  void fileHeader(PayloadWriter payload) {
    ByteBuffer out = reserve(RecordingLayout.FILE_HEADER_LENGTH + payload.size());
    int start = out.position();
    out.put(RecordingLayout.magic());
    out.putShort((short) RecordingLayout.VERSION).putShort((short) 0).putInt(payload.size());
    CRC32C crc = new CRC32C();
    crc.update(out.slice(start, RecordingLayout.FILE_CRC_OFFSET));
    crc.update(payload.array(), 0, payload.size());
    out.putInt((int) crc.getValue());
    out.put(payload.array(), 0, payload.size());
  }

  void block(int type, PayloadWriter payload) {
    byte[] stored = payload.array();
    int storedLength = payload.size();
    int flags = 0;
    if (payload.size() >= RecordingLayout.DEFLATE_FROM_BYTES) {
      byte[] deflated = new byte[payload.size()];
      int length = deflate(payload, deflated);
      if (length < payload.size()
          && payload.size() <= (long) length * RecordingLayout.MAX_INFLATION) {
        stored = deflated;
        storedLength = length;
        flags = RecordingLayout.FLAG_DEFLATED;
      }
    }
    ByteBuffer out = reserve(RecordingLayout.BLOCK_HEADER_LENGTH + storedLength);
    int start = out.position();
    out.put((byte) type).put((byte) flags).putShort((short) 0);
    out.putInt(storedLength).putInt(payload.size());
    CRC32C crc = new CRC32C();
    crc.update(stored, 0, storedLength);
    out.putInt((int) crc.getValue());
    crc.reset();
    crc.update(out.slice(start, RecordingLayout.HEADER_CRC_OFFSET));
    out.putInt((int) crc.getValue());
    out.put(stored, 0, storedLength);
  }

  /** Appends everything since the last call; on failure the file is as it was. */
  void write() throws IOException {
    int length = pending.position();
    try {
      file.write(pending.array(), pending.arrayOffset(), length);
      wholeBytes += length;
    } catch (IOException e) {
      file.setLength(wholeBytes);
      throw e;
    } finally {
      pending.clear();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static int deflate(PayloadWriter payload, byte[] target) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(payload.array(), 0, payload.size());
      deflater.finish();
      int length = deflater.deflate(target);
      return deflater.finished() ? length : payload.size();
    } finally {
      deflater.end();
    }
  }

  private ByteBuffer reserve(int more) {
    if (pending.remaining() < more) {
      ByteBuffer larger = newBuffer(Math.max(pending.capacity() * 2, pending.position() + more));
      pending.flip();
      larger.put(pending);
      pending = larger;
    }
    return pending;
  }

  private static ByteBuffer newBuffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

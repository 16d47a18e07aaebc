package dev.heaplight.monitor.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * What a worker leaves behind of its end. Mapped: a mark is a store into memory, which allocates
 * nothing and outlives the process however that ends.
 *
 * <pre>
 * 0  magic, "HLMK"            4 bytes
 * 4  shutdown began           1 byte, 0 or 1
 * 5  OutOfMemoryError uncaught 1 byte, 0 or 1
 * 6  exit status known        1 byte, 0 or 1
 * 7  halted without shutdown  1 byte, 0 or 1
 * 8  exit status              int, little-endian
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class WorkerMarks {
  static final int SIZE = 64;

  private static final int MAGIC = 0x4B4D4C48; // "HLMK", little-endian
  private static final int MAGIC_OFFSET = 0;
  private static final int SHUTDOWN_OFFSET = MAGIC_OFFSET + Integer.BYTES;
  private static final int OUT_OF_MEMORY_OFFSET = SHUTDOWN_OFFSET + 1;
  private static final int STATUS_KNOWN_OFFSET = OUT_OF_MEMORY_OFFSET + 1;
  private static final int HALTED_OFFSET = STATUS_KNOWN_OFFSET + 1;
  private static final int STATUS_OFFSET = HALTED_OFFSET + 1;

  private final ByteBuffer marks;

  private WorkerMarks(ByteBuffer marks) {
    this.marks = marks;
  }

  /**
   * Creates the file, its owner's alone, replacing one that is there.
   *
   * @throws IOException if it cannot be written or mapped
   */
  public static WorkerMarks create(Path file) throws IOException {
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.allocate(SIZE), 0); // no hole: a full disk shows here and not later
      MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
      map.order(ByteOrder.LITTLE_ENDIAN).putInt(MAGIC_OFFSET, MAGIC);
      return new WorkerMarks(map);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is none
   */
  public static WorkerMarks read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer marks = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < SIZE || marks.getInt(MAGIC_OFFSET) != MAGIC) {
      throw new IOException("not a worker's marks: length=" + bytes.length + ", path=" + file);
    }
    return new WorkerMarks(marks);
  }

  /** The JVM has begun to shut down: its last thread ended, or something asked it to exit. */
  public void markShutdown() {
    marks.put(SHUTDOWN_OFFSET, (byte) 1);
  }

  /** A thread ended by an OutOfMemoryError that nothing caught. */
  public void markOutOfMemory() {
    marks.put(OUT_OF_MEMORY_OFFSET, (byte) 1);
  }

  /** The program asks the JVM to exit with {@code status}. */
  public void markExit(int status) {
    marks.putInt(STATUS_OFFSET, status);
    marks.put(STATUS_KNOWN_OFFSET, (byte) 1);
  }

  /** The program halts the JVM with {@code status}, without a shutdown. */
  public void markHalt(int status) {
    markExit(status);
    marks.put(HALTED_OFFSET, (byte) 1);
  }

  /** Whether the JVM had begun to shut down. */
  public boolean shutdownBegan() {
    return marks.get(SHUTDOWN_OFFSET) != 0;
  }

  /** Whether an OutOfMemoryError ended a thread. */
  public boolean ranOutOfMemory() {
    return marks.get(OUT_OF_MEMORY_OFFSET) != 0;
  }

  /** Whether the program itself asked for the exit, with {@link #exitStatus}. */
  public boolean askedToExit() {
    return marks.get(STATUS_KNOWN_OFFSET) != 0;
  }

  /** Whether the program halted the JVM without a shutdown. */
  public boolean halted() {
    return marks.get(HALTED_OFFSET) != 0;
  }

  /** The status the program asked for; 0 if it did not. */
  public int exitStatus() {
    return marks.getInt(STATUS_OFFSET);
  }
}

package dev.heaplight.engine.profiler;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A temporary file that other code in this process writes and that goes with the process, however
 * it ends: it is deleted at once, and known by the kernel's name of its open descriptor. Where the
 * system has no such names it is deleted when closed. Not thread-safe.
 */
final class UnlinkedFile {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final RandomAccessFile open;
  private final Path path;
  private final boolean unlinked;

  private UnlinkedFile(RandomAccessFile open, Path path, boolean unlinked) {
    this.open = open;
    this.path = path;
    this.unlinked = unlinked;
  }

  /** Creates an empty file that only this user may read. */
  static UnlinkedFile create(String prefix, String suffix) throws IOException {
    Path file =
        Files.createTempFile(
            prefix,
            suffix,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    RandomAccessFile open = new RandomAccessFile(file.toFile(), "r");
    Path descriptor = descriptorOf(file);
    if (descriptor == null) {
      return new UnlinkedFile(open, file, false);
    }
    Files.delete(file);
    return new UnlinkedFile(open, descriptor, true);
  }

  private static @org.jspecify.annotations.Nullable Path descriptorOf(Path file) {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return null;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : all) {
        if (pointsTo(descriptor, file)) {
          return descriptor;
        }
      }
    } catch (IOException e) {
      return null;
    }
    return null;
  }

  private static boolean pointsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file.toAbsolutePath());
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  /** By which code in this process may open it. */
  Path path() {
    return path;
  }

  /** All that was written behind this offset. */
  ByteBuffer readFrom(long offset) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(Math.max(0, open.length() - offset))];
    open.seek(offset);
    open.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }

  /** Gives it up. */
  void close() throws IOException {
    open.close();
    if (!unlinked) {
      Files.deleteIfExists(path);
    }
  }
}

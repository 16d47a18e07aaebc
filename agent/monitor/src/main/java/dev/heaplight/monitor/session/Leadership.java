package dev.heaplight.monitor.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which monitor of a session leads: the one that holds the lock of a file. The kernel gives it free
 * when its holder dies. Used by one thread.
 */
public final class Leadership implements AutoCloseable {
  private final FileChannel channel;
  private @Nullable FileLock lock;

  private Leadership(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens the file, made if there is none.
   *
   * @throws IOException if that is not possible
   */
  public static Leadership open(Path file) throws IOException {
    return new Leadership(
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  /** Leads if nobody else does; whether this one does. */
  public boolean lead() {
    if (lock != null) {
      return true;
    }
    try {
      lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException | IOException e) {
      return false; // another monitor of this process, or a file system without locks
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package dev.heaplight.monitor.session;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a session's recordings lie: {@code <session>/logs}.
 *
 * <p>A session directory that is given, as an option or in {@code HEAPLIGHT_SESSION_DIR}, may be
 * shared by many workers. Without one the worker makes its own below {@code heaplight} in the
 * directory for temporary files, and points {@code session_latest} at it. That base belongs to one
 * user: where another user's is in the way, ours carries the user's name.
 *
 * <p>Directories are made for their owner alone, and nothing is written through a symbolic link or
 * into a directory of another user. Thread-safe; made when the first scope opens.
 */
public final class SessionDirectory {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final String LATEST = "session_latest";

  private final @Nullable String given;
  private final String temporary;
  private @Nullable Path logs;

  /**
   * Creates nothing yet.
   *
   * @param given the session directory, or null to make one
   * @param temporary directory for temporary files
   */
  public SessionDirectory(@Nullable String given, String temporary) {
    this.given = given;
    this.temporary = temporary;
  }

  /**
   * The directory for recordings, made if needed.
   *
   * @throws IOException if something of another's is in the way, or it cannot be made
   */
  public synchronized Path logs() throws IOException {
    Path present = logs;
    if (present == null) {
      Path session = given != null ? Path.of(given).toAbsolutePath() : newSession();
      createForOwner(session);
      present = ownDirectory(session.resolve("logs"));
      logs = present;
    }
    return present;
  }

  /**
   * The session's own directory, made if needed.
   *
   * @throws IOException as {@link #logs} does
   */
  public synchronized Path directory() throws IOException {
    Path parent = logs().getParent();
    return parent == null ? logs() : parent;
  }

  private Path newSession() throws IOException {
    Path base = base();
    String date =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss"));
    String name = "session_" + date + "_" + ProcessHandle.current().pid();
    Path session = ownDirectory(base.resolve(name));
    pointLatestTo(base, session);
    return session;
  }

  private Path base() throws IOException {
    try {
      return ownDirectory(Path.of(temporary).resolve("heaplight"));
    } catch (IOException e) {
      return ownDirectory(
          Path.of(temporary).resolve("heaplight-" + System.getProperty("user.name", "user")));
    }
  }

  /** Swaps the link in one step, so that a reader never finds it missing. */
  private static void pointLatestTo(Path base, Path session) throws IOException {
    Path fresh = base.resolve("." + LATEST + "_" + ProcessHandle.current().pid());
    Files.deleteIfExists(fresh);
    Files.createSymbolicLink(fresh, session.getFileName());
    Files.move(
        fresh,
        base.resolve(LATEST),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void createForOwner(Path directory) throws IOException {
    if (isPosix(directory)) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else {
      Files.createDirectories(directory);
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static Path ownDirectory(Path directory) throws IOException {
    if (!isPosix(directory)) {
      return Files.createDirectories(directory);
    }
    try {
      return Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(
            "session directory: expected=directory, actual=file or link, path=" + directory, e);
      }
      UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
      UserPrincipal user = ownerOfNewFileIn(directory);
      if (!owner.equals(user)) {
        throw new IOException(
            "session directory: expected owner="
                + user.getName()
                + ", actual="
                + owner.getName()
                + ", path="
                + directory,
            e);
      }
      return directory;
    }
  }

  /** Who we are to the file system; a container's user often has a number and no name. */
  private static UserPrincipal ownerOfNewFileIn(Path directory) throws IOException {
    Path file = Files.createTempFile(directory, ".owner", null);
    try {
      return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}

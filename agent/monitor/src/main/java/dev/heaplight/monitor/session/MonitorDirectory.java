package dev.heaplight.monitor.session;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the monitor's files of a session lie; all of them their owner's alone. Immutable. */
public final class MonitorDirectory {
  private final Path session;

  /** Of the session in this directory; nothing is made. */
  public MonitorDirectory(Path session) {
    this.session = session.toAbsolutePath();
  }

  /**
   * Makes the directories.
   *
   * @throws IOException if one is in the way or cannot be made
   */
  public MonitorDirectory create() throws IOException {
    Files.createDirectories(
        session,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    ownDirectory(logs());
    ownDirectory(root());
    ownDirectory(workers());
    ownDirectory(exits());
    ownDirectory(orders());
    return this;
  }

  /** The session's directory. */
  public Path session() {
    return session;
  }

  /** Recordings and reports. */
  public Path logs() {
    return session.resolve("logs");
  }

  /** The monitor's own. */
  public Path root() {
    return session.resolve("monitor");
  }

  /** Locked by the monitor that leads. */
  public Path leader() {
    return root().resolve("leader");
  }

  /** Mapped into all monitors and workers. */
  public Path state() {
    return root().resolve("state");
  }

  /** Settings that hold for all monitors of the session, in place of their own. */
  public Path settings() {
    return root().resolve("settings");
  }

  /** Counts and gauges, in the text format of Prometheus. */
  public Path metrics() {
    return root().resolve("metrics.prom");
  }

  /** A file of facts for each worker, {@code <pid>-<startTicks>}, and its marks. */
  public Path workers() {
    return root().resolve("workers");
  }

  /** Facts of a worker. */
  public Path worker(ProcessIdentity worker) {
    return workers().resolve(worker.text());
  }

  /** Marks of a worker, mapped into it. */
  public Path marks(ProcessIdentity worker) {
    return workers().resolve(worker.text() + ".marks");
  }

  /** How processes ended, as their supervisors saw it. */
  public Path exits() {
    return root().resolve("exits");
  }

  /** What workers are asked to do. */
  public Path orders() {
    return root().resolve("orders");
  }

  /** What a worker is asked to do by the decision of this number. */
  public Path order(long sequence) {
    return orders().resolve(Long.toString(sequence));
  }

  private static void ownDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(
            "monitor directory: expected=directory, actual=file or link, path=" + directory, e);
      }
    }
  }
}

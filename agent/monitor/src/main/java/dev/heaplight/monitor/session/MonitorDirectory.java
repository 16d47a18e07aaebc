package dev.heaplight.monitor.session;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the monitor's files of a session lie; all of them their owner's alone. Immutable.
 *
 * <p>A session may be shared by several nodes, over a network or by containers that see different
 * processes. Each has files of its own: process numbers and monotonic clocks of one say nothing on
 * another. Recordings, reports and settings are the session's.
 */
public final class MonitorDirectory {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");
  private static final int BOOT_CHARS = 8;
  private static final String NODES = "monitor";

  private final Path session;
  private final String node;

  /** Of the session in this directory, as this node has it; nothing is made. */
  public MonitorDirectory(Path session) {
    this(session.toAbsolutePath(), thisNode());
  }

  private MonitorDirectory(Path session, String node) {
    this.session = session;
    this.node = node;
  }

  /**
   * Of each node that has files in this session, this one first.
   *
   * @throws IOException if the session cannot be read
   */
  public static List<MonitorDirectory> ofAllNodes(Path session) throws IOException {
    MonitorDirectory own = new MonitorDirectory(session);
    List<MonitorDirectory> all = new ArrayList<>();
    all.add(own);
    Path nodes = own.session.resolve(NODES);
    if (Files.isDirectory(nodes)) {
      try (Stream<Path> files = Files.list(nodes)) {
        files
            .filter(Files::isDirectory)
            .map(directory -> String.valueOf(directory.getFileName()))
            .filter(node -> !node.equals(own.node))
            .sorted()
            .forEach(node -> all.add(new MonitorDirectory(own.session, node)));
      }
    }
    return all;
  }

  /** A running kernel and what it lets this process see; the same for all that see the same. */
  private static String thisNode() {
    try {
      String boot = Files.readString(BOOT).strip();
      String processes = Files.readSymbolicLink(PROCESSES).toString().replaceAll("[^0-9]", "");
      return boot.substring(0, Math.min(BOOT_CHARS, boot.length())) + "-" + processes;
    } catch (IOException | RuntimeException e) {
      return "node"; // no Linux: there is no monitor either
    }
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
    ownDirectory(session.resolve(NODES));
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

  /** The monitor's own on this node. */
  public Path root() {
    return session.resolve(NODES).resolve(node);
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
    return session.resolve(NODES).resolve("settings");
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

package dev.heaplight.monitor.act;

import static dev.heaplight.monitor.FakeNode.MB;

import dev.heaplight.monitor.FakeNode;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.SessionState;
import dev.heaplight.monitor.session.TaskRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A session on a fake node, with a clock that stands still unless it is moved. */
final class Simulation {
  static final long LIMIT = 1_000 * MB;

  final FakeNode node;
  final MonitorDirectory directory;
  final SessionState state;
  final AtomicLong nanos = new AtomicLong(1_000_000_000);
  final List<Long> killed = new ArrayList<>();

  /** All that signals were to be sent to, whether or not it still was there. */
  final List<ProcessIdentity> aimedAt = new ArrayList<>();

  final List<String> lines = new ArrayList<>();
  final MemoryMonitor monitor;
  final MonitorSettings settings;
  private final Path root;
  private long otherBytes;
  private final List<Worker> workers = new ArrayList<>();

  /** Whether a process dies as soon as it is killed. */
  boolean diesAtOnce = true;

  private record Worker(ProcessIdentity identity, long bytes) {}

  Simulation(Path root, MonitorSettings settings) {
    try {
      this.root = root;
      this.node = new FakeNode(root);
      this.directory = new MonitorDirectory(root.resolve("session")).create();
      this.state = SessionState.open(directory.state());
      this.settings = settings;
      this.monitor = another(1);
      used(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A monitor of the same session, in another process. */
  MemoryMonitor another(long pid) {
    try {
      SessionState own = pid == 1 ? state : SessionState.open(directory.state());
      if (!own.enrol(pid, other -> true)) {
        throw new IllegalStateException("no slot");
      }
      return new MemoryMonitor(site(own, pid), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MonitorSite site(SessionState own, long pid) {
    Clock clock =
        new Clock() {
          @Override
          public long nanos() {
            return nanos.get();
          }

          @Override
          public long millis() {
            return 1_700_000_000_000L + nanos.get() / 1_000_000;
          }
        };
    List<String> kept = Collections.synchronizedList(lines);
    return new MonitorSite(directory, root, own, clock, this::kill, events(clock, kept), pid);
  }

  /** Events whose lines come at once. */
  private Events events(Clock clock, List<String> kept) {
    return new Events(directory, clock, kept::add) {
      @Override
      public void add(Type type, String text, String report) {
        super.add(type, text, report);
        write();
      }
    };
  }

  private synchronized boolean kill(ProcessIdentity victim) {
    aimedAt.add(victim);
    if (!victim.isAlive(root.resolve("proc"))) {
      return false;
    }
    killed.add(victim.pid());
    if (diesAtOnce) {
      dies(victim.pid());
    }
    return true;
  }

  /** The kernel has taken a process apart and its memory back. */
  synchronized void dies(long pid) {
    workers.removeIf(worker -> worker.identity().pid() == pid);
    used(otherBytes); // first: the clock here may leap a second before the next line
    node.end(pid);
  }

  /** Memory of the cgroup that is no worker's. */
  void used(long other) {
    otherBytes = other;
    long sum = other + workers.stream().mapToLong(Worker::bytes).sum();
    node.v1(FakeNode.V1_GROUP, LIMIT, sum, 0);
  }

  /** A worker appears, with its tasks. */
  ProcessIdentity worker(long pid, long bytes, TaskRecord... tasks) {
    ProcessIdentity identity = node.process(pid, bytes);
    node.worker(directory, identity, List.of(tasks));
    workers.add(new Worker(identity, bytes));
    used(otherBytes);
    return identity;
  }

  /** Looks for a while, as often as the monitor wants to. */
  void run(long millis) {
    long end = nanos.get() + millis * 1_000_000;
    while (nanos.get() < end) {
      nanos.addAndGet(Math.max(1, monitor.look(true)));
    }
  }

  boolean told(String start) {
    return lines.stream().anyMatch(line -> line.startsWith(start));
  }
}

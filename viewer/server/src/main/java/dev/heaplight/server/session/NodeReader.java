package dev.heaplight.server.session;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.account.NodeMemory;
import dev.heaplight.monitor.account.TopUsers;
import dev.heaplight.monitor.act.MonitorSettings;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a node: its memory, its largest processes, the session's workers. One thread calls it.
 */
final class NodeReader implements AutoCloseable {
  private static final int LISTED_USERS = 10;

  /** Going through all processes takes some 20 us for each. */
  private static final long USERS_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final MonitorDirectory directory;
  private final Path root;
  private final NodeMemory memory;
  private final WorkerReader workers;
  private final String host;
  private List<TopUsers.User> users = List.of();
  private long usersNanos;

  /** Of the session in {@code directory}, on the node whose {@code /proc} is below {@code root}. */
  NodeReader(MonitorDirectory directory, Path root, String host) {
    this.directory = directory;
    this.root = root;
    this.memory = new NodeMemory(root);
    this.workers = new WorkerReader(directory, root);
    this.host = host;
    this.usersNanos = System.nanoTime() - USERS_NANOS;
  }

  NodeView read() {
    List<WorkerView> views = workers.read();
    Set<Long> alive = new HashSet<>();
    Map<Long, Long> sharedHeaps = new HashMap<>();
    for (WorkerView view : views) {
      if (view.isAlive()) {
        alive.add(view.worker().identity().pid());
        sharedHeaps.put(view.worker().identity().pid(), view.worker().sharedHeapBytes());
      }
    }
    long now = System.nanoTime();
    if (now - usersNanos >= USERS_NANOS) {
      usersNanos = now;
      users = TopUsers.list(root, LISTED_USERS, sharedHeaps);
    }
    memory.follow(alive);
    MonitorFile monitor = MonitorFile.read(directory);
    return new NodeView(System.currentTimeMillis(), host, bounds(monitor), views, users, monitor);
  }

  private List<NodeView.Bound> bounds(MonitorFile monitor) {
    List<MemoryLevel> levels = memory.read();
    MonitorSettings settings = settings();
    List<NodeView.Bound> bounds = new ArrayList<>();
    for (MemoryLevel level : levels == null ? List.<MemoryLevel>of() : levels) {
      // The monitor's own word goes before what would be set here: agents have options.
      boolean told = monitor.level().equals(level.path());
      long trigger = told ? monitor.value("heaplight_monitor_trigger_bytes") : -1;
      bounds.add(
          new NodeView.Bound(
              level,
              trigger > 0 ? trigger : settings.triggerBytes(level.totalBytes()),
              settings.warnBytes(level.totalBytes())));
    }
    bounds.sort(
        Comparator.comparingDouble(
            bound -> -(double) bound.level().usedBytes() / Math.max(1, bound.triggerBytes())));
    return bounds;
  }

  private MonitorSettings settings() {
    MonitorSettings settings = MonitorSettings.DEFAULT;
    try {
      settings = settings.withEnvironment(System.getenv());
      return Files.exists(directory.settings())
          ? settings.with("settings", KeyValues.read(directory.settings()))
          : settings;
    } catch (IOException | IllegalArgumentException e) {
      return settings; // the monitors tell of wrong ones
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}

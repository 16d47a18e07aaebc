package dev.heaplight.server.session;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.account.TopUsers;
import java.util.List;

/**
 * A node and the session's workers on it at one moment.
 *
 * @param timeMillis the moment, milliseconds since the epoch
 * @param host name of the node
 * @param bounds the machine's memory and that of the workers' cgroups, the tightest first
 * @param workers those that run, largest first, and then those that ended, latest first
 * @param topUsers the node's largest processes, whoever's they are
 * @param monitor what the session's monitor on this node says of itself
 */
public record NodeView(
    long timeMillis,
    String host,
    List<Bound> bounds,
    List<WorkerView> workers,
    List<TopUsers.User> topUsers,
    MonitorFile monitor) {

  /**
   * A bound on memory and how near it is.
   *
   * @param level use and total
   * @param triggerBytes use above which the monitor acts
   * @param warnBytes use above which it warns
   */
  public record Bound(MemoryLevel level, long triggerBytes, long warnBytes) {}
}

package dev.heaplight.server.session;

import dev.heaplight.monitor.account.ProcessMemory;
import dev.heaplight.monitor.session.WorkerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A worker of the session on this node.
 *
 * @param worker as it told last
 * @param role what it is for
 * @param memory of its process now; null when it is gone
 * @param mapped what is behind its page tables; null when that was not looked at
 * @param ended why it ended, in brief, as a monitor noted it; empty while it runs or if none did
 */
public record WorkerView(
    WorkerRecord worker,
    Role role,
    @Nullable ProcessMemory memory,
    ProcessMemory.@Nullable Mapped mapped,
    String ended) {

  /** Whether its process runs. */
  public boolean isAlive() {
    return memory != null;
  }
}

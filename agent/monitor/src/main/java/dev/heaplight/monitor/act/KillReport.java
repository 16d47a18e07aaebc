package dev.heaplight.monitor.act;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.account.ProcessMemory;
import dev.heaplight.monitor.account.TopUsers;
import dev.heaplight.monitor.policy.Ranked;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.ProcessIdentity;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One intervention, told whole: the caller's error, the JSON file and the log line are made of it.
 *
 * @param decision what was decided
 * @param timeMillis when, by the wall clock
 * @param host name of the node
 * @param level the bound that was reached, and its use then
 * @param settings threshold and policy
 * @param victim who, and why
 * @param candidates all there were, the victim first
 * @param mapped what is behind the first candidates' page tables, by process; empty if there was no
 *     time to look
 * @param topUsers the node's largest processes
 * @param hottestStacks of the victim's recording; empty until it was read
 * @param outcome what came of it
 * @param freedBytes use of the level before less use after; 0 until it is known
 * @param file where the report lies
 */
public record KillReport(
    Decision decision,
    long timeMillis,
    String host,
    MemoryLevel level,
    MonitorSettings settings,
    Ranked victim,
    List<Ranked> candidates,
    Map<Long, ProcessMemory.Mapped> mapped,
    List<TopUsers.User> topUsers,
    List<StackShare> hottestStacks,
    Outcome outcome,
    long freedBytes,
    Path file) {

  /** What came of an intervention. */
  public enum Outcome {
    /** Not known yet. */
    PENDING("pending"),
    /** Use is below the threshold again. */
    RETURNED("memory returned"),
    /** The victim is gone or has failed, and use is still above the threshold. */
    NOT_RETURNED("memory not returned"),
    /** The task did not end, or not soon enough: its worker is killed next. */
    ESCALATED("escalated");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** In words. */
    public String text() {
      return text;
    }
  }

  /**
   * A stack of the victim's and what it allocated.
   *
   * @param bytes bytes
   * @param objects objects
   * @param frames innermost first
   */
  public record StackShare(long bytes, long objects, List<String> frames) {}

  /** The same, with the node's largest processes. */
  KillReport withUsers(List<TopUsers.User> users) {
    return new KillReport(
        decision,
        timeMillis,
        host,
        level,
        settings,
        victim,
        candidates,
        mapped,
        users,
        hottestStacks,
        outcome,
        freedBytes,
        file);
  }

  /** The same, with what came of it. */
  KillReport ended(Outcome newOutcome, long newFreedBytes, List<StackShare> stacks) {
    return new KillReport(
        decision,
        timeMillis,
        host,
        level,
        settings,
        victim,
        candidates,
        mapped,
        topUsers,
        stacks,
        newOutcome,
        newFreedBytes,
        file);
  }

  /** What the session's workers in this bound account for, shared memory left out. */
  public long workersBytes() {
    Map<ProcessIdentity, Long> workers = new HashMap<>();
    for (Ranked ranked : candidates) {
      workers.put(ranked.candidate().worker(), ranked.candidate().workerBytes());
    }
    return workers.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What neither shared memory nor the session's workers account for. */
  public long otherBytes() {
    return Math.max(0, level.usedBytes() - level.sharedBytes() - workersBytes());
  }

  /** Use above which the victim was sought. */
  public long triggerBytes() {
    return settings.triggerBytes(level.totalBytes());
  }
}

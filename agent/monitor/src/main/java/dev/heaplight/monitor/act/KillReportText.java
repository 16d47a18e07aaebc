package dev.heaplight.monitor.act;

import dev.heaplight.monitor.account.ProcessMemory;
import dev.heaplight.monitor.account.TopUsers;
import dev.heaplight.monitor.policy.Candidate;
import dev.heaplight.monitor.policy.Ranked;
import dev.heaplight.monitor.session.Decision;
import java.util.List;

/** A report in words: one line for logs, the whole for the caller. */
public final class KillReportText {
  private static final int LISTED_FRAMES = 8;
  private static final int LISTED_STACKS = 3;
  private static final int LISTED_CANDIDATES = 20;

  private KillReportText() {}

  /** One line: who, how much of how much, why, where to look. */
  public static String line(KillReport report) {
    Candidate victim = report.victim().candidate();
    return (report.decision().action() == Decision.Action.FAIL_TASK
            ? "task failed for memory: "
            : "worker killed for memory: ")
        + name(victim)
        + ", pid="
        + victim.worker().pid()
        + ", held="
        + Amounts.of(victim.bytes())
        + ", "
        + report.level().path()
        + " at "
        + Amounts.of(report.level().usedBytes())
        + " of "
        + Amounts.of(report.level().totalBytes())
        + " ("
        + Amounts.share(report.level().fraction())
        + "), why="
        + report.victim().why()
        + ", report="
        + report.file();
  }

  /** All a caller needs. */
  public static String message(KillReport report) {
    StringBuilder text = new StringBuilder(2048);
    Candidate victim = report.victim().candidate();
    boolean task = report.decision().action() == Decision.Action.FAIL_TASK;
    text.append(task ? "Task was failed" : "Worker was killed")
        .append(" because its node is running low on memory.\n");
    text.append("Memory on ")
        .append(report.host())
        .append(" (")
        .append(report.level().path())
        .append(") was ")
        .append(Amounts.of(report.level().usedBytes()))
        .append(" / ")
        .append(Amounts.of(report.level().totalBytes()))
        .append(" (")
        .append(Amounts.share(report.level().fraction()))
        .append("), above the threshold of ")
        .append(report.settings().threshold())
        .append(" (")
        .append(Amounts.of(report.triggerBytes()))
        .append("; used = ")
        .append(report.level().kind().formula())
        .append(").\n");
    text.append("That is ")
        .append(Amounts.of(report.level().sharedBytes()))
        .append(" of shared memory, counted once, ")
        .append(Amounts.of(report.workersBytes()))
        .append(" of the session's workers and ")
        .append(Amounts.of(report.otherBytes()))
        .append(" of others.\n");
    text.append("Victim: ")
        .append(name(victim))
        .append(", pid=")
        .append(victim.worker().pid())
        .append(", memory used=")
        .append(Amounts.of(victim.bytes()))
        .append(", its worker's=")
        .append(Amounts.of(victim.workerBytes()))
        .append(" (")
        .append(victim.formula())
        .append("), attempt ")
        .append(victim.task().attempt())
        .append(victim.task().retriable() ? ", retriable" : ", not retriable")
        .append(
            !task && victim.neighbours() > 0
                ? "; " + victim.neighbours() + " more of its worker's tasks end with it"
                : "")
        .append(".\nWhy this one: first of ")
        .append(report.candidates().size())
        .append(" by policy ")
        .append(report.settings().policy().text())
        .append(": ")
        .append(report.victim().why())
        .append(".\n");
    candidates(report, text);
    users(report.topUsers(), text);
    stacks(report.hottestStacks(), text);
    for (String command : commands(report)) {
      text.append("Look at it with: ").append(command).append('\n');
    }
    for (String advice : Advice.of(report)) {
      text.append(advice).append('\n');
    }
    return text.append("Report: ").append(report.file()).toString();
  }

  /** What to type next. */
  static List<String> commands(KillReport report) {
    String recording = report.victim().candidate().task().recording();
    return recording.isEmpty()
        ? List.of()
        : List.of("heaplight flamegraph '" + recording.replace("'", "'\\''") + "'");
  }

  private static void candidates(KillReport report, StringBuilder text) {
    text.append("Candidates:\n");
    int rank = 1;
    List<Ranked> all = report.candidates();
    for (Ranked ranked : all.subList(0, Math.min(LISTED_CANDIDATES, all.size()))) {
      text.append("  ")
          .append(rank)
          .append(". ")
          .append(name(ranked.candidate()))
          .append(", pid=")
          .append(ranked.candidate().worker().pid())
          .append(", ")
          .append(Amounts.of(ranked.candidate().bytes()))
          .append(": ")
          .append(ranked.why())
          .append('\n');
      rank++;
    }
    if (all.size() > LISTED_CANDIDATES) {
      text.append("  and ")
          .append(all.size() - LISTED_CANDIDATES)
          .append(" more, see the report\n");
    }
  }

  private static void users(List<TopUsers.User> users, StringBuilder text) {
    if (!users.isEmpty()) {
      text.append("Top ")
          .append(users.size())
          .append(" memory users (")
          .append(ProcessMemory.RSS_MINUS_SHARED)
          .append("):\n");
      text.append("  PID      MEM(GB)  COMMAND\n");
      for (TopUsers.User user : users) {
        String pid = Long.toString(user.pid());
        String memory = Amounts.inGiga(user.bytes());
        text.append("  ")
            .append(pid)
            .append(" ".repeat(Math.max(1, 9 - pid.length())))
            .append(memory)
            .append(" ".repeat(Math.max(1, 9 - memory.length())))
            .append(user.command())
            .append('\n');
      }
    }
  }

  private static void stacks(List<KillReport.StackShare> stacks, StringBuilder text) {
    for (KillReport.StackShare stack : stacks.subList(0, Math.min(LISTED_STACKS, stacks.size()))) {
      text.append("Allocated ").append(Amounts.of(stack.bytes())).append(" at:\n");
      List<String> frames = stack.frames();
      for (String frame : frames.subList(0, Math.min(LISTED_FRAMES, frames.size()))) {
        text.append("    at ").append(frame).append('\n');
      }
    }
  }

  private static String name(Candidate candidate) {
    return candidate.task().kind()
        + " "
        + candidate.task().name()
        + " (id="
        + candidate.task().id()
        + ")";
  }
}

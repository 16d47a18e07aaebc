package dev.heaplight.monitor.act;

import dev.heaplight.monitor.policy.Candidate;
import dev.heaplight.monitor.policy.Ranked;
import java.util.ArrayList;
import java.util.List;

/** What the user can do about it; only what the figures of the report bear out. */
final class Advice {
  private Advice() {}

  static List<String> of(KillReport report) {
    List<String> advice = new ArrayList<>();
    Candidate victim = report.victim().candidate();
    long workers =
        report.candidates().stream()
            .map(Ranked::candidate)
            .map(candidate -> List.of(candidate.worker().pid(), candidate.workerBytes()))
            .distinct()
            .mapToLong(worker -> worker.get(1))
            .sum();
    long others = Math.max(0, report.level().usedBytes() - workers);
    if (fitsNever(report)) {
      advice.add(
          "It does not fit by itself: it held "
              + Amounts.of(victim.workerBytes())
              + " where "
              + Amounts.of(report.triggerBytes())
              + " is the threshold. Starting it again will not help; make it smaller or give the"
              + " node more memory.");
    }
    parallel(report, victim, advice);
    if (victim.bytesOverDeclared() > 0) {
      advice.add(
          "It declared "
              + Amounts.of(victim.task().declaredBytes())
              + " and held "
              + Amounts.of(victim.bytes())
              + ": declare what it needs.");
    }
    if (others > report.level().totalBytes() / 2) {
      advice.add(
          "Processes outside of the session hold "
              + Amounts.of(others)
              + " of it: look at the list of users.");
    }
    return advice;
  }

  /** Whether the victim's worker, alone in this bound, would be over the trigger again. */
  static boolean fitsNever(KillReport report) {
    return report.victim().candidate().workerBytes() >= report.triggerBytes();
  }

  private static void parallel(KillReport report, Candidate victim, List<String> advice) {
    List<Candidate> alike =
        report.candidates().stream()
            .map(Ranked::candidate)
            .filter(candidate -> !candidate.isIdle())
            .filter(candidate -> candidate.task().name().equals(victim.task().name()))
            .toList();
    if (alike.size() > 1) {
      long sum = alike.stream().mapToLong(Candidate::bytes).sum();
      long each = Math.max(1, sum / alike.size());
      long room = sum - Math.max(0, report.level().usedBytes() - report.triggerBytes());
      advice.add(
          alike.size()
              + " tasks "
              + victim.task().name()
              + " ran side by side and held "
              + Amounts.of(sum)
              + ", "
              + Amounts.of(each)
              + " each: run at most "
              + Math.max(1, Math.min(alike.size() - 1, room / each))
              + " at once here.");
    }
  }
}

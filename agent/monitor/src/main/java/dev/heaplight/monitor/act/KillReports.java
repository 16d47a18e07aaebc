package dev.heaplight.monitor.act;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.account.ProcessMemory;
import dev.heaplight.monitor.account.TopUsers;
import dev.heaplight.monitor.json.JsonValue;
import dev.heaplight.monitor.policy.Candidate;
import dev.heaplight.monitor.policy.Ranked;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.TaskRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of decisions, while they are carried out and afterwards. One thread calls it.
 *
 * <p>The monitor that decided tells what it saw. Another that takes a decision over, because that
 * one is gone, makes a report only where there is none, and adds to an existing one what came of
 * it: what it sees later is not what was decided by.
 */
final class KillReports {
  private static final int LISTED_USERS = 10;
  private static final int LISTED_STACKS = 5;
  private static final int MAPPED = 3;

  /** Summing up page tables takes some 4 us for each megabyte. */
  private static final long MAPPED_BYTES = 4L << 30;

  private final MonitorSite site;
  private final Workers workers;
  private @Nullable KillReport current;
  private @Nullable KillReport escalated;
  private boolean adopted;
  private long told;

  KillReports(MonitorSite site, Workers workers) {
    this.site = site;
    this.workers = workers;
  }

  /** Begins a report of a decision that was made here. */
  KillReport begin(
      Decision decision,
      MemoryLevel level,
      MonitorSettings settings,
      Ranked victim,
      List<Ranked> candidates,
      boolean critical) {
    KillReport report = make(decision, level, settings, victim, candidates, critical);
    current = report;
    adopted = false;
    return report;
  }

  /** Makes a report as one would be made, for nobody: what runs first runs slowly. */
  void rehearse(MemoryLevel level, MonitorSettings settings, List<Ranked> ranked) {
    Ranked first = ranked.get(0);
    Decision none =
        new Decision(
            0,
            first.candidate().worker(),
            Decision.WHOLE_WORKER,
            Decision.Action.KILL_WORKER,
            Decision.Phase.SETTLED,
            site.clock().nanos(),
            level.usedBytes(),
            Decision.levelOf(level.path()),
            site.pid());
    KillReport rehearsed = make(none, level, settings, first, ranked, false);
    boolean unused =
        KillReportJson.of(rehearsed).isEmpty()
            || KillReportText.line(rehearsed).isEmpty()
            || HottestStacks.of(rehearsed.file(), 1).isEmpty()
            || ProcessHandle.of(first.candidate().worker().pid()).isEmpty();
  }

  private KillReport make(
      Decision decision,
      MemoryLevel level,
      MonitorSettings settings,
      Ranked victim,
      List<Ranked> candidates,
      boolean critical) {
    return new KillReport(
        decision,
        site.clock().millis(),
        site.host(),
        level,
        settings,
        victim,
        candidates,
        critical ? Map.of() : mapped(candidates),
        critical ? List.of() : users(),
        List.of(),
        KillReport.Outcome.PENDING,
        0,
        file(decision));
  }

  /** Looks behind the page tables of the first candidates, as far as that does not take long. */
  private Map<Long, ProcessMemory.Mapped> mapped(List<Ranked> candidates) {
    Map<Long, ProcessMemory.Mapped> found = new LinkedHashMap<>();
    for (Ranked ranked : candidates.subList(0, Math.min(MAPPED, candidates.size()))) {
      long pid = ranked.candidate().worker().pid();
      ProcessMemory.Mapped mapped =
          ranked.candidate().workerBytes() > MAPPED_BYTES || found.containsKey(pid)
              ? null
              : ProcessMemory.mapped(site.root(), pid);
      if (mapped != null) {
        found.put(pid, mapped);
      }
    }
    return found;
  }

  private List<TopUsers.User> users() {
    return TopUsers.list(site.root(), LISTED_USERS, workers.sharedHeaps());
  }

  private Path file(Decision decision) {
    return site.directory()
        .logs()
        .resolve("heaplight-oom-" + decision.sequence() + "-" + decision.victim().pid() + ".json");
  }

  /** The report of a decision if it was made here or taken over; else null. */
  @Nullable KillReport of(Decision decision) {
    KillReport known = current;
    return known != null && known.decision().sequence() == decision.sequence() ? known : null;
  }

  /** Takes over a decision of a monitor that is gone: it did not live to tell of it. */
  void adopt(
      Decision decision, MemoryLevel level, MonitorSettings settings, List<Ranked> candidates) {
    if (of(decision) != null) {
      return;
    }
    List<Ranked> ranked = new ArrayList<>(candidates);
    if (ranked.stream().noneMatch(each -> isMeant(each.candidate(), decision))) {
      workers.lastKnown(decision.victim()).stream()
          .filter(candidate -> isMeant(candidate, decision))
          .findFirst()
          .ifPresent(
              candidate -> ranked.add(0, new Ranked(candidate, "as another monitor decided")));
    }
    ranked.stream()
        .filter(each -> isMeant(each.candidate(), decision))
        .findFirst()
        .ifPresent(
            each -> {
              current = make(decision, level, settings, each, ranked, true);
              adopted = true;
            });
  }

  private static boolean isMeant(Candidate candidate, Decision decision) {
    return candidate.worker().equals(decision.victim())
        && (decision.task() == Decision.WHOLE_WORKER || decision.task() == candidate.task().key());
  }

  /** Says that this decision is to be followed by the kill of the same worker. */
  void escalate(KillReport report) {
    escalated = report;
  }

  /** Writes the report, and with it the order to fail a task. */
  void order(KillReport fresh) {
    write(fresh.file(), KillReportJson.of(fresh));
    TaskRecord task = fresh.victim().candidate().task();
    Map<String, String> order = new LinkedHashMap<>();
    order.put("task", Long.toString(task.key()));
    order.put("message", KillReportText.message(fresh));
    order.put("report", fresh.file().toString());
    order.put("limitBytes", Long.toString(fresh.triggerBytes()));
    order.put("usedBytes", Long.toString(fresh.victim().candidate().bytes()));
    try {
      KeyValues.write(site.directory().order(fresh.decision().sequence()), order);
    } catch (IOException e) {
      site.events().add(Events.Type.TROUBLE, "task not failed, order not written: " + e);
    }
    site.events().add(Events.Type.FAIL_TASK, KillReportText.line(fresh), fresh.file().toString());
  }

  /**
   * Makes a kill known, once: by whoever comes first to create its report.
   *
   * @param last whether this process ends with it, so that nothing can be added later
   */
  void tellKill(Decision decision, boolean last) {
    KillReport known = of(decision);
    if (known == null || told == decision.sequence()) {
      return; // told by the monitor that decided, or told already
    }
    told = decision.sequence();
    if (last) {
      known = known.withUsers(known.topUsers().isEmpty() ? users() : known.topUsers());
      known = known.ended(KillReport.Outcome.PENDING, 0, stacks(known));
    }
    try {
      if (KeyValues.create(known.file(), KillReportJson.of(known))) {
        site.events()
            .add(Events.Type.KILL_WORKER, KillReportText.line(known), known.file().toString());
      }
    } catch (IOException e) {
      site.events().add(Events.Type.TROUBLE, "report not written: " + e);
    }
    if (last) {
      site.events().write();
    }
  }

  /** Tells what came of a decision, and removes its order. */
  void settle(Decision decision, KillReport.Outcome outcome, long freedBytes) {
    KillReport known = of(decision);
    Path file = file(decision);
    if (known != null && !adopted) {
      complete(known, outcome, freedBytes);
    } else {
      addOutcome(file, outcome, freedBytes);
    }
    site.events()
        .add(
            Events.Type.OUTCOME,
            outcome.text()
                + ": decision="
                + decision.sequence()
                + ", pid="
                + decision.victim().pid()
                + ", freed="
                + Amounts.of(Math.max(0, freedBytes))
                + ", after="
                + (site.clock().nanos() - decision.decidedNanos()) / 1_000_000
                + " ms",
            Files.exists(file) ? file.toString() : "");
    try {
      Files.deleteIfExists(site.directory().order(decision.sequence()));
    } catch (IOException e) {
      return; // it concerns nobody any more
    }
  }

  private void complete(KillReport known, KillReport.Outcome outcome, long freedBytes) {
    // The outcome first, and by itself: what else is looked up may take long, or fail.
    KillReport full = known.ended(outcome, freedBytes, known.hottestStacks());
    write(full.file(), KillReportJson.of(full));
    try {
      KillReport looked = full.topUsers().isEmpty() ? full.withUsers(users()) : full;
      full = looked.ended(outcome, freedBytes, stacks(known));
      write(full.file(), KillReportJson.of(full));
    } catch (RuntimeException | OutOfMemoryError e) {
      site.events().add(Events.Type.TROUBLE, "report without stacks or users: " + e);
    }
    current = full;
    KillReport former = escalated;
    escalated = null;
    if (former != null && former.decision().victim().equals(full.decision().victim())) {
      KillReport told =
          former
              .withUsers(full.topUsers())
              .ended(KillReport.Outcome.ESCALATED, 0, full.hottestStacks());
      write(told.file(), KillReportJson.of(told));
    }
  }

  /** Another monitor's report stays as it is, but for what only now is known. */
  private void addOutcome(Path file, KillReport.Outcome outcome, long freedBytes) {
    try {
      if (Files.exists(file)) {
        Object report = JsonValue.parse(Files.readString(file));
        String recording = JsonValue.text(report, "victim", "recording");
        write(
            file,
            KillReportJson.withOutcome(report, outcome, freedBytes, users(), stacks(recording)));
      }
    } catch (IOException | IllegalArgumentException e) {
      site.events().add(Events.Type.TROUBLE, "report not completed: file=" + file + ", " + e);
    }
  }

  private static List<KillReport.StackShare> stacks(KillReport report) {
    return stacks(report.victim().candidate().task().recording());
  }

  private static List<KillReport.StackShare> stacks(String recording) {
    return recording.isEmpty() ? List.of() : HottestStacks.of(Path.of(recording), LISTED_STACKS);
  }

  private void write(Path file, String text) {
    try {
      KeyValues.replace(file, text);
    } catch (IOException e) {
      site.events().add(Events.Type.TROUBLE, "report not written: " + e);
    }
  }
}

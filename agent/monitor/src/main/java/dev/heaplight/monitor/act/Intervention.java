package dev.heaplight.monitor.act;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.account.TopUsers;
import dev.heaplight.monitor.policy.Candidate;
import dev.heaplight.monitor.policy.Ranked;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.SessionState;
import dev.heaplight.monitor.session.TaskRecord;
import dev.heaplight.monitor.session.WorkerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries a decision out and sees it through. One thread calls it.
 *
 * <p>A task is failed by an order to its worker, which throws the error at the task's next
 * allocation. A worker is asked to flush, and killed when it has, or when there is no time left for
 * that. After either, use must come back below the trigger. What does not go that way in time, or
 * while use climbs on toward the bound, ends with the worker's end.
 */
final class Intervention {
  private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long FAIL_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long RETURN_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long DYING_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * Less time than this to the bound is none to lose. The signal itself takes some 10 us; the rest
   * is for the threads that compete for the processors, and for one look that comes late.
   */
  static final long CRITICAL_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

  /** With less time than this to the bound, what a report tells beside is looked up afterwards. */
  static final long LEISURE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long STEADY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int LISTED_USERS = 10;
  private static final int LISTED_STACKS = 5;

  private final MonitorSite site;
  private final SessionState state;
  private final Workers workers;
  private final MonitorCounts counts;
  private @Nullable KillReport report;
  private @Nullable KillReport escalated;
  private final Set<ProcessIdentity> killed = new HashSet<>();
  private long failedTasks;
  private long adopted;
  private long goneNanos;
  private long goneSequence;

  Intervention(MonitorSite site, Workers workers, MonitorCounts counts) {
    this.site = site;
    this.state = site.state();
    this.workers = workers;
    this.counts = counts;
  }

  /** Decides, unless another monitor just did; returns the time to the next look. */
  long begin(
      long version,
      Decision.Action action,
      MemoryLevel level,
      MonitorSettings settings,
      Ranked victim,
      List<Ranked> candidates,
      boolean critical) {
    Candidate who = victim.candidate();
    Decision wanted =
        new Decision(
            0,
            who.worker(),
            action == Decision.Action.FAIL_TASK ? who.task().key() : Decision.WHOLE_WORKER,
            action,
            Decision.Phase.DECIDED,
            site.clock().nanos(),
            level.usedBytes());
    Decision decision = state.propose(version, wanted);
    if (decision == null) {
      return FAST_NANOS;
    }
    KillReport fresh = report(decision, level, settings, victim, candidates, critical);
    report = fresh;
    if (action == Decision.Action.FAIL_TASK) {
      order(fresh);
    }
    return FAST_NANOS;
  }

  /** Makes a report as one would be made, for nobody. */
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
            level.usedBytes());
    KillReport rehearsed = report(none, level, settings, first, ranked, false);
    boolean unused =
        KillReportJson.of(rehearsed).isEmpty()
            || KillReportText.line(rehearsed).isEmpty()
            || HottestStacks.of(rehearsed.file(), 1).isEmpty()
            || ProcessHandle.of(first.candidate().worker().pid()).isEmpty();
  }

  private KillReport report(
      Decision decision,
      MemoryLevel level,
      MonitorSettings settings,
      Ranked victim,
      List<Ranked> candidates,
      boolean critical) {
    String name = "heaplight-oom-" + decision.sequence() + "-" + decision.victim().pid() + ".json";
    return new KillReport(
        decision,
        site.clock().millis(),
        site.host(),
        level,
        settings,
        victim,
        candidates,
        critical ? List.of() : TopUsers.list(site.root(), LISTED_USERS),
        List.of(),
        KillReport.Outcome.PENDING,
        0,
        site.directory().logs().resolve(name));
  }

  /** Whether this monitor has killed a process, or knows that another has. */
  boolean killed(ProcessIdentity worker) {
    Decision last = state.current();
    return killed.contains(worker)
        || (last != null
            && last.victim().equals(worker)
            && last.action() == Decision.Action.KILL_WORKER);
  }

  /** Tasks failed so far. */
  long failedTasks() {
    return failedTasks;
  }

  /** Goes on with a decision that is not settled; returns the time to the next look. */
  long follow(
      long version,
      Decision decision,
      MemoryLevel level,
      MonitorSettings settings,
      Growth growth,
      Supplier<List<Ranked>> ranking) {
    long now = site.clock().nanos();
    long trigger = settings.triggerBytes(level.totalBytes());
    boolean climbing = growth.climbs() && level.usedBytes() > trigger;
    boolean critical =
        climbing
            && (growth.nanosUntil(level.totalBytes()) < CRITICAL_NANOS
                || level.usedBytes() > (trigger + level.totalBytes()) / 2);
    boolean alive = workers.isAlive(decision.victim());
    if (!critical) {
      adopt(decision, level, settings, ranking);
    }
    if (decision.action() == Decision.Action.KILL_WORKER) {
      return alive
          ? kill(decision, now, critical, climbing, () -> adopt(decision, level, settings, ranking))
          : await(decision, now, level, trigger, critical);
    }
    if (!alive) {
      return await(decision, now, level, trigger, critical);
    }
    boolean open = isOpen(decision);
    if (open && settings.kills() && (critical || now - decision.decidedNanos() > FAIL_NANOS)) {
      return escalate(version, decision, level, settings, critical);
    }
    if (open) {
      if (now - decision.decidedNanos() > STUCK_NANOS) {
        settle(decision, KillReport.Outcome.NOT_RETURNED, level);
      }
      return FAST_NANOS * 2;
    }
    boolean late = isGoneFor(decision, now, RETURN_NANOS);
    if (settings.kills() && level.usedBytes() > trigger && (critical || late)) {
      return escalate(version, decision, level, settings, critical);
    }
    return await(decision, now, level, trigger, critical);
  }

  /** Makes a report of another monitor's decision: that one may not live to tell of it. */
  private void adopt(
      Decision decision,
      MemoryLevel level,
      MonitorSettings settings,
      Supplier<List<Ranked>> ranking) {
    if (decision.sequence() == adopted || reportOf(decision) != null) {
      return;
    }
    adopted = decision.sequence();
    List<Ranked> ranked = new ArrayList<>(ranking.get());
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
        .ifPresent(each -> report = report(decision, level, settings, each, ranked, true));
  }

  private static boolean isMeant(Candidate candidate, Decision decision) {
    return candidate.worker().equals(decision.victim())
        && (decision.task() == Decision.WHOLE_WORKER || decision.task() == candidate.task().key());
  }

  private long kill(
      Decision decision, long now, boolean critical, boolean climbing, Runnable adoption) {
    if (decision.phase() == Decision.Phase.CARRIED_OUT) {
      // A process in the kernel's hands may take a while; meanwhile nobody else has to go.
      boolean hopeless = now - decision.decidedNanos() > STUCK_NANOS;
      if (hopeless || (critical && climbing && now - decision.decidedNanos() > DYING_NANOS)) {
        settle(decision, KillReport.Outcome.NOT_RETURNED, null);
      }
      return FAST_NANOS;
    }
    boolean flushed = decision.phase() == Decision.Phase.FLUSHED;
    if (flushed || critical || now - decision.decidedNanos() > FLUSH_NANOS) {
      boolean itself = decision.victim().pid() == site.pid();
      if (itself) {
        adoption.run();
        tell(decision); // nothing can be told afterwards
        boolean unused = state.advance(decision, Decision.Phase.CARRIED_OUT);
      }
      boolean sent = site.killer().kill(decision.victim());
      boolean first = state.advance(decision, Decision.Phase.CARRIED_OUT);
      if (sent && first) {
        adoption.run(); // now that nothing is lost by it
        tell(decision);
      }
    }
    return FAST_NANOS;
  }

  /** After the victim's end: has the memory come back? */
  private long await(
      Decision decision, long now, MemoryLevel level, long trigger, boolean critical) {
    if (level.usedBytes() <= trigger) {
      settle(decision, KillReport.Outcome.RETURNED, level);
    } else if (isGoneFor(decision, now, critical ? DYING_NANOS : RETURN_NANOS)) {
      settle(decision, KillReport.Outcome.NOT_RETURNED, level);
    }
    return STEADY_NANOS;
  }

  private boolean isGoneFor(Decision decision, long now, long nanos) {
    if (goneSequence != decision.sequence()) {
      goneSequence = decision.sequence();
      goneNanos = now;
    }
    return now - goneNanos > nanos;
  }

  private boolean isOpen(Decision decision) {
    WorkerRecord worker = workers.now(decision.victim());
    return worker != null
        && worker.tasks().stream().anyMatch(task -> task.key() == decision.task());
  }

  private long escalate(
      long version,
      Decision decision,
      MemoryLevel level,
      MonitorSettings settings,
      boolean critical) {
    KillReport before = report;
    if (before == null || before.decision().sequence() != decision.sequence()) {
      settle(decision, KillReport.Outcome.ESCALATED, level);
      return FAST_NANOS; // another monitor's: the next look decides anew
    }
    // The new decision takes the old one's place in one step, and what is known of that is told
    // later: nothing is to be looked up while use climbs on.
    escalated = before;
    Ranked victim = before.victim();
    return begin(
        version,
        Decision.Action.KILL_WORKER,
        level,
        settings,
        new Ranked(
            victim.candidate(), "failing its task did not bring the memory back; " + victim.why()),
        before.candidates(),
        critical);
  }

  /** Writes the report, and with it the order to fail a task. */
  private void order(KillReport fresh) {
    write(fresh);
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
    tell(fresh.decision());
  }

  /** Makes an intervention known: the event, the counts and, if it was a signal, the report. */
  private void tell(Decision decision) {
    if (decision.action() == Decision.Action.KILL_WORKER) {
      killed.add(decision.victim());
    } else {
      failedTasks++;
    }
    KillReport known = reportOf(decision);
    if (known == null) {
      site.events()
          .add(
              Events.Type.KILL_WORKER,
              "worker killed for memory, as another monitor decided: pid="
                  + decision.victim().pid());
      return;
    }
    if (decision.action() == Decision.Action.KILL_WORKER) {
      create(known);
    }
    TaskRecord task = known.victim().candidate().task();
    counts.count(
        decision.action() == Decision.Action.FAIL_TASK
            ? "heaplight_tasks_failed_for_memory_total"
            : "heaplight_workers_killed_for_memory_total",
        MonitorCounts.label("kind", task.kind()) + "," + MonitorCounts.label("name", task.name()));
    site.events()
        .add(
            decision.action() == Decision.Action.FAIL_TASK
                ? Events.Type.FAIL_TASK
                : Events.Type.KILL_WORKER,
            KillReportText.line(known),
            known.file().toString());
  }

  private void settle(Decision decision, KillReport.Outcome outcome, @Nullable MemoryLevel level) {
    if (!state.advance(decision, Decision.Phase.SETTLED)) {
      return;
    }
    long freed = level == null ? 0 : decision.usedBytes() - level.usedBytes();
    KillReport known = reportOf(decision);
    if (known != null) {
      String recording = known.victim().candidate().task().recording();
      KillReport ended =
          (known.topUsers().isEmpty()
                  ? known.withUsers(TopUsers.list(site.root(), LISTED_USERS))
                  : known)
              .ended(
                  outcome,
                  freed,
                  recording.isEmpty()
                      ? List.of()
                      : HottestStacks.of(Path.of(recording), LISTED_STACKS));
      report = ended;
      write(ended);
      KillReport former = escalated;
      escalated = null;
      if (former != null && former.decision().victim().equals(decision.victim())) {
        write(
            former
                .withUsers(ended.topUsers())
                .ended(KillReport.Outcome.ESCALATED, 0, ended.hottestStacks()));
      }
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
                + Amounts.of(Math.max(0, freed))
                + ", after="
                + TimeUnit.NANOSECONDS.toMillis(site.clock().nanos() - decision.decidedNanos())
                + " ms",
            known == null ? "" : known.file().toString());
    try {
      Files.deleteIfExists(site.directory().order(decision.sequence()));
    } catch (IOException e) {
      return; // it concerns nobody any more
    }
  }

  private @Nullable KillReport reportOf(Decision decision) {
    KillReport known = report;
    return known != null && known.decision().sequence() == decision.sequence() ? known : null;
  }

  /** Writes a report unless another monitor has, which may know more by now. */
  private void create(KillReport known) {
    try {
      boolean unused = KeyValues.create(known.file(), KillReportJson.of(known));
    } catch (IOException e) {
      site.events().add(Events.Type.TROUBLE, "report not written: " + e);
    }
  }

  private void write(KillReport known) {
    try {
      KeyValues.replace(known.file(), KillReportJson.of(known));
    } catch (IOException e) {
      site.events().add(Events.Type.TROUBLE, "report not written: " + e);
    }
  }
}

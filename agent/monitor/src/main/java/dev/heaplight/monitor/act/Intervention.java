package dev.heaplight.monitor.act;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.policy.Candidate;
import dev.heaplight.monitor.policy.Ranked;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.SessionState;
import dev.heaplight.monitor.session.WorkerRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Carries a decision out and sees it through. One thread calls it.
 *
 * <p>A task is failed by an order to its worker, which throws the error at the task's next
 * allocation. A worker is asked to flush, and killed when it has, or when there is no time left for
 * that. After either, use of the bound that was reached must come back below the trigger. What does
 * not go that way in time, or while use climbs on toward the bound, ends with the worker's end.
 *
 * <p>Several monitors: whoever comes first sends the signal, but the rest is the business of the
 * monitor that decided, and of another only when that one is gone or late.
 */
final class Intervention {
  private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long FAIL_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long RETURN_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long DYING_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Later than this, the monitor that decided is taken to be gone. */
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A gigabyte is torn down in some 50 to 90 ms; twice that is nothing to worry about. */
  private static final double DYING_NANOS_PER_BYTE = 0.2;

  /**
   * Less time than this to the bound is none to lose. The signal itself takes some 10 us; the rest
   * is for the threads that compete for the processors, and for one look that comes late.
   */
  static final long CRITICAL_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

  /**
   * Where the bound is less time away than this nobody waits for the trigger: to decide, to send
   * the signal and to have a victim stop takes some 10 ms on a busy machine.
   */
  static final long IMMINENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** With less time than this to the bound, what a report tells beside is looked up afterwards. */
  static final long LEISURE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long STEADY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final MonitorSite site;
  private final SessionState state;
  private final Workers workers;
  private final KillReports reports;
  private final Set<ProcessIdentity> killed = new HashSet<>();
  private long goneNanos;
  private long goneSequence;

  Intervention(MonitorSite site, Workers workers) {
    this.site = site;
    this.state = site.state();
    this.workers = workers;
    this.reports = new KillReports(site, workers);
  }

  /** What a look at memory found, and how to find the rest. */
  record Look(
      long version,
      MemoryLevel level,
      Growth growth,
      MonitorSettings settings,
      Supplier<List<Ranked>> ranking) {
    long trigger() {
      return settings.triggerBytes(level.totalBytes());
    }

    /** Whether something has to be done: use is above the trigger, or at the bound in a moment. */
    boolean over() {
      return level.usedBytes() > trigger() || isImminent();
    }

    private boolean isImminent() {
      return level.usedBytes() > settings.warnBytes(level.totalBytes())
          && growth.climbs()
          && growth.reaches(level.totalBytes(), IMMINENT_NANOS);
    }

    /** What a report says of a decision that was made before use was above the trigger. */
    String haste() {
      return level.usedBytes() > trigger()
          ? ""
          : "; before the threshold, since the bound was less than "
              + IMMINENT_NANOS / 1_000_000
              + " ms away at "
              + Amounts.of((long) growth.bytesPerSecond())
              + " a second";
    }

    /** Whether use climbs on above the trigger. */
    boolean climbing() {
      return over() && growth.climbs();
    }

    /** Whether there is no time to lose. */
    boolean critical() {
      return climbing()
          && (growth.nanosUntil(level.totalBytes()) < CRITICAL_NANOS
              || level.usedBytes() > (trigger() + level.totalBytes()) / 2);
    }
  }

  /** Decides, unless another monitor just did; returns the time to the next look. */
  long begin(
      Look look, Decision.Action action, Ranked chosen, List<Ranked> candidates, boolean hurried) {
    Candidate who = chosen.candidate();
    Ranked victim = new Ranked(who, chosen.why() + look.haste());
    Decision wanted =
        new Decision(
            0,
            who.worker(),
            action == Decision.Action.FAIL_TASK ? who.task().key() : Decision.WHOLE_WORKER,
            action,
            Decision.Phase.DECIDED,
            site.clock().nanos(),
            look.level().usedBytes(),
            Decision.levelOf(look.level().path()),
            site.pid());
    Decision decision = state.propose(look.version(), wanted);
    if (decision != null) {
      KillReport report =
          reports.begin(decision, look.level(), look.settings(), victim, candidates, hurried);
      if (action == Decision.Action.FAIL_TASK) {
        reports.order(report);
      } else if (look.critical()) {
        return follow(decision, look); // another look would come 2 ms later
      }
    }
    return FAST_NANOS;
  }

  /** See {@link KillReports#rehearse}. */
  void rehearse(MemoryLevel level, MonitorSettings settings, List<Ranked> ranked) {
    reports.rehearse(level, settings, ranked);
  }

  /** Whether this monitor has killed a process, or knows that the last decision is to. */
  boolean killed(ProcessIdentity worker) {
    Decision last = state.current();
    return killed.contains(worker)
        || (last != null
            && last.victim().equals(worker)
            && last.action() == Decision.Action.KILL_WORKER);
  }

  /** Whether a worker is to be killed, and is asked to write down what it can before. */
  static boolean awaitsFlush(Decision decision) {
    return decision.action() == Decision.Action.KILL_WORKER
        && decision.phase() == Decision.Phase.DECIDED;
  }

  /** Goes on with a decision that is not settled; returns the time to the next look. */
  long follow(Decision decision, Look look) {
    long now = site.clock().nanos();
    boolean alive = workers.isAlive(decision.victim());
    if (decision.action() == Decision.Action.KILL_WORKER && alive) {
      return kill(decision, now, look);
    }
    if (!isOurs(decision, now) && !look.critical()) {
      return STEADY_NANOS;
    }
    if (!alive || decision.action() == Decision.Action.KILL_WORKER) {
      return await(decision, now, look);
    }
    boolean open = isOpen(decision);
    boolean tooLong = open && now - decision.decidedNanos() > FAIL_NANOS;
    boolean stays = !open && look.over() && isGoneFor(decision, now, RETURN_NANOS);
    if (mayKill(decision, look) && look.over() && (look.critical() || tooLong || stays)) {
      return escalate(decision, look);
    }
    if (open) {
      if (now - decision.decidedNanos() > STUCK_NANOS) {
        settle(decision, KillReport.Outcome.NOT_RETURNED, look);
      }
      return FAST_NANOS * 2;
    }
    return await(decision, now, look);
  }

  /** Whether this monitor is to see a decision through. */
  private boolean isOurs(Decision decision, long now) {
    return decision.decider() == site.pid()
        || !site.isRunning(decision.decider())
        || now - decision.decidedNanos() > FAIL_NANOS + RETURN_NANOS + LATE_NANOS;
  }

  private boolean mayKill(Decision decision, Look look) {
    WorkerRecord worker = workers.now(decision.victim());
    return look.settings().kills() && worker != null && worker.killable();
  }

  private void adopt(Decision decision, Look look) {
    if (decision.decider() != site.pid() && isOurs(decision, site.clock().nanos())) {
      reports.adopt(decision, look.level(), look.settings(), look.ranking().get());
    }
  }

  private long kill(Decision decision, long now, Look look) {
    if (decision.phase() == Decision.Phase.CARRIED_OUT) {
      // A process in the kernel's hands may take a while; meanwhile nobody else has to go.
      if (look.critical() && killed.add(decision.victim())) {
        // Whoever was to send the signal may have been stopped on the way; another does no harm.
        boolean unused = site.killer().kill(decision.victim());
      }
      boolean hopeless = now - decision.decidedNanos() > STUCK_NANOS;
      boolean another = look.critical() && now - decision.decidedNanos() > dyingNanos(decision);
      if (hopeless || another) {
        settle(decision, KillReport.Outcome.NOT_RETURNED, look);
      }
      return FAST_NANOS;
    }
    boolean flushed = decision.phase() == Decision.Phase.FLUSHED;
    if (flushed || look.critical() || now - decision.decidedNanos() > FLUSH_NANOS) {
      boolean itself = decision.victim().pid() == site.pid();
      if (itself) {
        adopt(decision, look);
        reports.tellKill(decision, true); // nothing can be told afterwards
        boolean unused = state.advance(decision, Decision.Phase.CARRIED_OUT);
      }
      boolean sent = site.killer().kill(decision.victim());
      boolean unused = state.advance(decision, Decision.Phase.CARRIED_OUT);
      if (sent) {
        killed.add(decision.victim());
        adopt(decision, look); // now that nothing is lost by it
        reports.tellKill(decision, false);
      }
    }
    return FAST_NANOS;
  }

  /** How long a victim may take to die while use climbs on. */
  private long dyingNanos(Decision decision) {
    KillReport report = reports.of(decision);
    long bytes = report == null ? 0 : report.victim().candidate().workerBytes();
    return DYING_NANOS + (long) (bytes * DYING_NANOS_PER_BYTE);
  }

  /** After the victim's end: has the memory come back? */
  private long await(Decision decision, long now, Look look) {
    if (decision.action() == Decision.Action.KILL_WORKER) {
      adopt(decision, look);
      reports.tellKill(decision, false); // by a monitor that sent the signal and came no further
    }
    if (!look.over()) {
      settle(decision, KillReport.Outcome.RETURNED, look);
    } else if (isGoneFor(decision, now, look.critical() ? dyingNanos(decision) : RETURN_NANOS)) {
      settle(decision, KillReport.Outcome.NOT_RETURNED, look);
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

  private long escalate(Decision decision, Look look) {
    KillReport before = reports.of(decision);
    if (before == null) {
      settle(decision, KillReport.Outcome.ESCALATED, look);
      return FAST_NANOS; // another monitor's: the next look decides anew
    }
    // The new decision takes the old one's place in one step, and what is known of that is told
    // later: nothing is to be looked up while use climbs on.
    reports.escalate(before);
    Ranked victim = before.victim();
    return begin(
        look,
        Decision.Action.KILL_WORKER,
        new Ranked(
            victim.candidate(), "failing its task did not bring the memory back; " + victim.why()),
        before.candidates(),
        look.critical());
  }

  private void settle(Decision decision, KillReport.Outcome outcome, Look look) {
    if (state.advance(decision, Decision.Phase.SETTLED)) {
      boolean same = decision.level() == Decision.levelOf(look.level().path());
      reports.settle(decision, outcome, same ? decision.usedBytes() - look.level().usedBytes() : 0);
    }
  }
}

package dev.heaplight.monitor.act;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.account.NodeMemory;
import dev.heaplight.monitor.policy.Candidate;
import dev.heaplight.monitor.policy.Ranked;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.SessionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at memory and, above the threshold, decides about a victim. One thread calls it.
 *
 * <p>Several monitors may look at once, a leader that comes back from a pause and its deputy: of
 * all that look at one event only one decides, see {@link SessionState}. What was decided is then
 * carried out by whichever of them comes first, and once settled the next event may begin.
 *
 * <p>The level that counts is the one that is nearest to its trigger.
 */
public final class MemoryMonitor {
  private static final long MEMBERS_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long ELEVATED_MEMBERS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
  private static final long BRAKE_AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long BRAKE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
  private static final long LEAVE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(60);

  /**
   * What failing a task takes: its worker looks within 2 ms, but its last flush and the collection
   * that follows take 20 to 30 MB of their own before they give any back. With less than this the
   * worker is killed.
   */
  private static final long TIME_TO_FAIL_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  private static final long ROOM_TO_FAIL_BYTES = 64L << 20;

  private final MonitorSite site;
  private final SessionState state;
  private final NodeMemory node;
  private final Workers workers;
  private final Map<String, Growth> growths = new HashMap<>();
  private final Intervention intervention;
  private final Departures departures;
  private final MonitorCounts counts = new MonitorCounts();
  private MonitorSettings settings;
  private long membersNanos = Long.MIN_VALUE;
  private long overNanos;
  private boolean warned;
  private long notOursNanos = Long.MIN_VALUE;
  private long troubleNanos = Long.MIN_VALUE;
  private @Nullable MemoryLevel tightest;

  /** A monitor that has not looked yet. */
  public MemoryMonitor(MonitorSite site, MonitorSettings settings) {
    this.site = site;
    this.state = site.state();
    this.node = new NodeMemory(site.root());
    this.workers = new Workers(site.directory(), site.root());
    this.settings = settings;
    this.intervention = new Intervention(site, workers);
    this.departures = new Departures(site, intervention);
  }

  /** Acts by other settings from now on. */
  public void setSettings(MonitorSettings newSettings) {
    settings = newSettings;
  }

  /**
   * Looks once and does what is due.
   *
   * @param leads whether this is the session's leader, which also keeps its books
   * @return nanoseconds to the next look
   */
  public long look(boolean leads) {
    long refreshNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(1, settings.refreshMillis()));
    long version = state.version(); // before memory is read: see SessionState
    long now = site.clock().nanos();
    followMembers(now, leads);
    List<MemoryLevel> levels = node.read();
    if (levels == null) {
      if (isDue(now, troubleNanos, REPEAT_NANOS)) {
        troubleNanos = now;
        site.events().add(Events.Type.TROUBLE, "memory not known, nothing decided in this look");
      }
      return refreshNanos;
    }
    growths.keySet().retainAll(levels.stream().map(MemoryLevel::path).toList());
    for (MemoryLevel each : levels) {
      growths.computeIfAbsent(each.path(), unused -> new Growth()).note(now, each);
    }
    long next = act(version, now, levels);
    state.setLookNanos(next);
    return next;
  }

  /** Gives back what it holds of the kernel's files. */
  void close() {
    node.close();
  }

  /** As {@link MonitorLoop#rehearse}. */
  void rehearse() {
    workers.refresh();
    node.follow(workers.pids());
    List<MemoryLevel> levels = node.read();
    if (levels != null) {
      MemoryLevel level = tightest(levels);
      List<Ranked> ranked = settings.policy().rank(workers.candidates(node, level));
      if (!ranked.isEmpty()) {
        intervention.rehearse(level, settings, ranked);
      }
    }
  }

  /** What the session's workers are and how they fare now, for what only looks. */
  public List<Ranked> ranking() {
    workers.refresh();
    node.follow(workers.pids());
    List<MemoryLevel> levels = node.read();
    return levels == null
        ? List.of()
        : settings.policy().rank(workers.candidates(node, tightest(levels)));
  }

  /** The level nearest to its trigger at the last look or ranking; null before. */
  public @Nullable MemoryLevel tightest() {
    return tightest;
  }

  /** Tells what happened since the last time, if anything did. */
  public void summarise() {
    departures.summarise(settings);
  }

  /** Counts and gauges as Prometheus reads them. */
  public String metrics() {
    departures.count(counts);
    MemoryLevel level = tightest;
    if (level != null) {
      String labels = MonitorCounts.label("level", level.path());
      counts.dropGauge("heaplight_node_memory_used_bytes");
      counts.dropGauge("heaplight_node_memory_total_bytes");
      counts.dropGauge("heaplight_node_memory_shared_bytes");
      counts.gauge("heaplight_node_memory_used_bytes", labels, level.usedBytes());
      counts.gauge("heaplight_node_memory_total_bytes", labels, level.totalBytes());
      counts.gauge("heaplight_node_memory_shared_bytes", labels, level.sharedBytes());
      counts.gauge(
          "heaplight_monitor_trigger_bytes", "", settings.triggerBytes(level.totalBytes()));
      WorkerGauges.set(counts, workers.candidates(node, level));
    }
    return counts.text();
  }

  private void followMembers(long now, boolean leads) {
    long interval = warned ? ELEVATED_MEMBERS_NANOS : MEMBERS_NANOS;
    if (isDue(now, membersNanos, interval)) {
      membersNanos = now;
      workers.refresh();
      node.follow(workers.pids());
      if (leads) {
        departures.look(workers.takeGone());
      }
    }
  }

  private long act(long version, long now, List<MemoryLevel> levels) {
    MemoryLevel level = tightest(levels);
    Decision decision = state.current();
    if (decision != null && !decision.isSettled()) {
      Intervention.Look bound = look(version, boundOf(decision, levels, level));
      if (settings.fails() && bound.over() && Intervention.awaitsFlush(decision)) {
        state.brake(now + BRAKE_NANOS); // or the room for the victim's last words is filled up
      }
      return intervention.follow(decision, bound);
    }
    Intervention.Look look = look(version, level);
    warn(level);
    brake(now, look);
    if (!look.over()) {
      overNanos = 0;
      return look.growth().lookNanos(look.trigger(), settings.refreshMillis());
    }
    return decide(now, look);
  }

  private Intervention.Look look(long version, MemoryLevel level) {
    return new Intervention.Look(
        version,
        level,
        growths.getOrDefault(level.path(), new Growth()),
        settings,
        () -> settings.policy().rank(workers.candidates(node, level)));
  }

  /** The bound that a decision was made for; the tightest if it is gone with its last process. */
  private static MemoryLevel boundOf(
      Decision decision, List<MemoryLevel> levels, MemoryLevel tightest) {
    for (MemoryLevel level : levels) {
      if (Decision.levelOf(level.path()) == decision.level()) {
        return level;
      }
    }
    return tightest;
  }

  private long decide(long now, Intervention.Look look) {
    if (now - membersNanos > FRESH_NANOS) {
      membersNanos = now;
      workers.refresh();
      node.follow(workers.pids());
    }
    List<Candidate> candidates = new ArrayList<>(workers.candidates(node, look.level()));
    boolean dying = candidates.removeIf(candidate -> intervention.killed(candidate.worker()));
    List<Ranked> ranked = settings.policy().rank(candidates);
    if (ranked.isEmpty() && dying) {
      return SHORTEST_NANOS;
    }
    boolean fail = !ranked.isEmpty() && isToFail(ranked.get(0).candidate(), look);
    Ranked victim = fail ? ranked.get(0) : settings.kills() ? toKill(ranked) : null;
    long ours = sum(ranked);
    if (victim == null || ours < look.level().usedBytes() - look.trigger()) {
      notOurs(now, look.level(), ranked.size(), ours);
      return TimeUnit.MILLISECONDS.toNanos(Math.max(10, settings.refreshMillis()));
    }
    boolean itself = victim.candidate().worker().pid() == site.pid();
    overNanos = overNanos == 0 ? now : overNanos;
    if (itself && workers.alive().size() > 1 && now - overNanos < LEAVE_NANOS) {
      return SHORTEST_NANOS; // one that goes on living tells more of it
    }
    boolean hurried =
        !fail && look.growth().nanosUntil(look.level().totalBytes()) < Intervention.LEISURE_NANOS;
    return intervention.begin(
        look,
        fail ? Decision.Action.FAIL_TASK : Decision.Action.KILL_WORKER,
        victim,
        ranked,
        hurried);
  }

  /** Whether a task can be failed, and there is the time and room for it or nothing else to do. */
  private boolean isToFail(Candidate first, Intervention.Look look) {
    MemoryLevel level = look.level();
    boolean last = !settings.kills() || !first.killable();
    return settings.fails()
        && first.task().canFail()
        && (last
            || (look.growth().nanosUntilSteadily(level.totalBytes()) > TIME_TO_FAIL_NANOS
                && level.totalBytes() - level.usedBytes() > ROOM_TO_FAIL_BYTES));
  }

  /**
   * The first whose worker may be killed; one with whom a task would end that is to be kept goes
   * only if there is no other.
   */
  private static @Nullable Ranked toKill(List<Ranked> ranked) {
    Ranked second = null;
    for (Ranked each : ranked) {
      if (each.candidate().killable()) {
        if (!each.candidate().firmer()) {
          return each;
        }
        second = second == null ? each : second;
      }
    }
    return second;
  }

  /** What the workers of candidates account for together. */
  private static long sum(List<Ranked> ranked) {
    return ranked.stream()
        .map(Ranked::candidate)
        .map(candidate -> List.of(candidate.worker().pid(), candidate.workerBytes()))
        .distinct()
        .mapToLong(worker -> worker.get(1))
        .sum();
  }

  /**
   * Has tasks wait for a moment where a hog is about to reach the trigger. What it would allocate
   * meanwhile is the room in which its task can still be failed instead of its worker killed.
   */
  private void brake(long now, Intervention.Look look) {
    if (settings.fails()
        && look.growth().isSteep()
        && look.growth().nanosUntil(look.trigger()) < BRAKE_AHEAD_NANOS) {
      state.brake(now + BRAKE_NANOS);
    }
  }

  private void warn(MemoryLevel level) {
    boolean high = level.usedBytes() > settings.warnBytes(level.totalBytes());
    boolean over = level.usedBytes() > settings.triggerBytes(level.totalBytes());
    int before = state.changePressure(over ? 2 : high ? 1 : 0);
    if (settings.warns() && high && before == 0) {
      state.requestFlush();
      counts.count("heaplight_monitor_warnings_total", "");
      site.events().add(Events.Type.WARNING, "memory is getting short: " + describe(level));
    } else if (settings.warns() && !high && before > 0) {
      site.events().add(Events.Type.CALM, "memory is no longer short: " + describe(level));
    }
    warned = high;
  }

  private void notOurs(long now, MemoryLevel level, int candidates, long ours) {
    if (isDue(now, notOursNanos, REPEAT_NANOS)) {
      notOursNanos = now;
      site.events()
          .add(
              Events.Type.NOT_OURS,
              "memory is short and nothing of this session can relieve it: "
                  + describe(level)
                  + ", candidates="
                  + candidates
                  + ", their memory="
                  + Amounts.of(ours)
                  + (settings.kills() ? "" : ", killing workers is switched off"));
    }
  }

  private String describe(MemoryLevel level) {
    return level.path()
        + " at "
        + Amounts.of(level.usedBytes())
        + " of "
        + Amounts.of(level.totalBytes())
        + " ("
        + Amounts.share(level.fraction())
        + ", threshold "
        + settings.threshold()
        + "; used = "
        + level.kind().formula()
        + ")";
  }

  private MemoryLevel tightest(List<MemoryLevel> levels) {
    MemoryLevel level =
        levels.stream()
            .max(
                Comparator.comparingDouble(
                    each ->
                        (double) each.usedBytes()
                            / Math.max(1, settings.triggerBytes(each.totalBytes()))))
            .orElseThrow();
    tightest = level;
    return level;
  }

  private static boolean isDue(long now, long last, long interval) {
    return last == Long.MIN_VALUE || now - last >= interval;
  }
}

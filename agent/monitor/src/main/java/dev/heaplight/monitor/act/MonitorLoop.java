package dev.heaplight.monitor.act;

import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.Leadership;
import dev.heaplight.monitor.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * One of a session's monitors on a node: leads, or stands by. One thread calls it.
 *
 * <p>The leader holds a lock, which the kernel frees when its process dies, and beats at least
 * every 50 ms. One that stands by asks for the lock as often; and while the leader does not beat,
 * stopped by a collection for instance, it looks at memory in the leader's place without leading.
 */
public final class MonitorLoop implements AutoCloseable {
  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Monitors that look at memory while little is left; the others stand by. */
  private static final int LOOKERS = 3;

  private static final int REHEARSALS = 3;
  private static final long SETTINGS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long URGENT_NANOS = TimeUnit.MILLISECONDS.toNanos(9);
  private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long METRICS_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SUMMARY_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final MonitorSite site;
  private final SessionState state;
  private final Leadership leadership;
  private final MonitorSettings own;
  private final MemoryMonitor monitor;
  private MonitorSettings settings;
  private long settingsMillis;
  private long settingsNanos;
  private long nextLookNanos;
  private long nextMetricsNanos;
  private long nextSummaryNanos;
  private long writtenNanos;
  private boolean led;

  /**
   * A monitor that has not begun.
   *
   * @throws IOException if the session's files cannot be made
   */
  public MonitorLoop(MonitorSite site, MonitorSettings settings) throws IOException {
    this.site = site;
    this.state = site.state();
    this.own = settings;
    this.settings = settings;
    this.leadership = Leadership.open(site.directory().leader());
    this.monitor = new MemoryMonitor(site, settings);
    long now = site.clock().nanos();
    this.nextLookNanos = now;
    this.nextMetricsNanos = now;
    this.nextSummaryNanos = now + SUMMARY_NANOS;
    this.settingsNanos = now - SETTINGS_NANOS;
    if (!state.enrol(site.pid(), site::isRunning)) {
      site.events()
          .add(Events.Type.TROUBLE, "too many monitors in one session: this one only follows");
    }
  }

  /**
   * Does what is due.
   *
   * @return nanoseconds to the next turn, above 0
   */
  public long turn() {
    long now = site.clock().nanos();
    if (now - settingsNanos >= SETTINGS_NANOS) {
      settingsNanos = now;
      readSettings();
    }
    if (!settings.isOn()) {
      return SETTINGS_NANOS;
    }
    boolean leads = leadership.lead();
    boolean beating = state.heartbeatNanos() != 0 && now - state.heartbeatNanos() < STALE_NANOS;
    boolean helps = isTight() && state.rank(site::isRunning) < LOOKERS;
    if (leads && !led) {
      led = true;
      boolean inherits = state.leaderPid() != 0; // of one that did not resign: it was killed
      nextLookNanos = now;
      if (inherits) {
        site.events().add(Events.Type.LEADER, "monitor leads from now on: pid=" + site.pid());
      }
    }
    if (!leads && beating && !helps) {
      nextLookNanos = now;
      site.events().write();
      return BEAT_NANOS;
    }
    if (leads) {
      state.beat(site.pid(), now);
      keepBooks(now);
    }
    if (now - nextLookNanos >= 0) {
      nextLookNanos = now + Math.max(1, monitor.look(leads));
    }
    long left = nextLookNanos - site.clock().nanos();
    if (left > URGENT_NANOS || now - writtenNanos > LATEST_NANOS) {
      writtenNanos = now;
      site.events().write();
    }
    return Math.max(1, Math.min(BEAT_NANOS, nextLookNanos - site.clock().nanos()));
  }

  /**
   * Goes through all that an intervention takes, but for acting: what runs for the first time runs
   * many times as long, and a hog fills what is left in some 20 ms. The calling thread, which is to
   * run the loop, gets a higher priority where that is allowed and wanted.
   */
  public void rehearse() {
    if (settings.raises()) {
      boolean unused = ThreadPriority.raise();
    }
    for (int i = 0; i < REHEARSALS; i++) {
      monitor.rehearse();
    }
  }

  /** Whether so little is left that a collection in the leader might take all of it. */
  private boolean isTight() {
    long lookNanos = state.lookNanos();
    return lookNanos > 0 && lookNanos < BEAT_NANOS;
  }

  /** Whether anything is watched, by the settings that hold now. */
  public boolean isOn() {
    return settings.isOn();
  }

  /** Whether this monitor leads its session. */
  public boolean leads() {
    return led;
  }

  private void keepBooks(long now) {
    if (now - nextMetricsNanos >= 0) {
      nextMetricsNanos = now + METRICS_NANOS;
      try {
        KeyValues.replace(site.directory().metrics(), monitor.metrics());
      } catch (IOException e) {
        nextMetricsNanos = now + SUMMARY_NANOS;
      }
    }
    if (now - nextSummaryNanos >= 0) {
      nextSummaryNanos = now + SUMMARY_NANOS;
      monitor.summarise();
    }
  }

  /**
   * The session's settings hold for all its monitors; those that are wrong are told and ignored.
   */
  private void readSettings() {
    Path file = site.directory().settings();
    long modified = 0;
    try {
      modified = Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0;
      if (modified != settingsMillis) {
        settings = modified == 0 ? own : own.with(file.toString(), KeyValues.read(file));
        settingsMillis = modified;
        monitor.setSettings(settings);
      }
    } catch (IllegalArgumentException e) {
      settingsMillis = modified; // told once
      site.events()
          .add(Events.Type.TROUBLE, "settings not taken, the former ones hold: " + e.getMessage());
    } catch (IOException e) {
      return; // being replaced: the next turn reads it
    }
  }

  /** Leads no more; another may. */
  @Override
  public void close() throws IOException {
    site.events().write();
    state.leave();
    if (led) {
      state.resign(site.pid()); // before the lock is free for another
    }
    leadership.close();
    monitor.close();
  }
}

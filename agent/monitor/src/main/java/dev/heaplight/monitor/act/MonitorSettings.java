package dev.heaplight.monitor.act;

import dev.heaplight.monitor.policy.KillPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How a monitor acts. Immutable.
 *
 * @param threshold share of the memory above which a victim is sought, above 0 and at most 1
 * @param minFreeBytes the same as a distance from the total, if that is nearer; 0 for none
 * @param refreshMillis time between two looks while memory is plentiful; 0: the monitor is off
 * @param warnThreshold share above which recordings are flushed and an event tells
 * @param policy who goes first
 * @param warns whether the first rung is used
 * @param fails whether tasks are failed in their own threads
 * @param kills whether workers are killed
 * @param raises whether the monitor's thread may go before others, see {@link ThreadPriority}
 */
public record MonitorSettings(
    double threshold,
    long minFreeBytes,
    long refreshMillis,
    double warnThreshold,
    KillPolicy policy,
    boolean warns,
    boolean fails,
    boolean kills,
    boolean raises) {
  /** What holds where nothing is said. */
  public static final MonitorSettings DEFAULT =
      new MonitorSettings(0.95, 0, 250, 0.85, KillPolicy.LARGEST, true, true, true, true);

  /** Names of settings, as in the session's file of settings. */
  public static final List<String> KEYS =
      List.of("threshold", "min-free-bytes", "refresh-ms", "warn", "policy", "rungs", "priority");

  private static final String THRESHOLD_VARIABLE = "HEAPLIGHT_MEMORY_USAGE_THRESHOLD";
  private static final String REFRESH_VARIABLE = "HEAPLIGHT_MEMORY_MONITOR_REFRESH_MS";
  private static final List<String> RUNGS = List.of("warn", "fail", "kill", "none");
  private static final List<String> PRIORITIES = List.of("raised", "ordinary");

  /** Whether anything is watched at all. */
  public boolean isOn() {
    return refreshMillis > 0;
  }

  /** Use above which a victim is sought, of {@code totalBytes}. */
  public long triggerBytes(long totalBytes) {
    long byShare = (long) (totalBytes * threshold);
    return minFreeBytes == 0 ? byShare : Math.max(byShare, totalBytes - minFreeBytes);
  }

  /** Use above which a warning is due; never above the trigger. */
  public long warnBytes(long totalBytes) {
    return Math.min((long) (totalBytes * warnThreshold), triggerBytes(totalBytes));
  }

  /** These settings without the last rung. */
  public MonitorSettings withoutKills() {
    return new MonitorSettings(
        threshold, minFreeBytes, refreshMillis, warnThreshold, policy, warns, fails, false, raises);
  }

  /**
   * These settings with others in place of some.
   *
   * @param source where those come from, for the message
   * @param values by the names that {@code heaplight monitor --set} takes
   * @throws IllegalArgumentException with one line if a value is malformed
   */
  public MonitorSettings with(String source, Map<String, String> values) {
    MonitorSettings settings = this;
    for (Map.Entry<String, String> value : values.entrySet()) {
      try {
        settings = settings.with(value.getKey(), value.getValue());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
      }
    }
    return settings;
  }

  /**
   * These settings with those of the environment.
   *
   * @throws IllegalArgumentException with one line if a variable is malformed
   */
  public MonitorSettings withEnvironment(Map<String, String> environment) {
    MonitorSettings settings = this;
    String threshold = environment.getOrDefault(THRESHOLD_VARIABLE, "");
    String refresh = environment.getOrDefault(REFRESH_VARIABLE, "");
    if (!threshold.isEmpty()) {
      settings = settings.with(THRESHOLD_VARIABLE, Map.of("threshold", threshold));
    }
    return refresh.isEmpty()
        ? settings
        : settings.with(REFRESH_VARIABLE, Map.of("refresh-ms", refresh));
  }

  /**
   * These settings with one changed.
   *
   * @throws IllegalArgumentException with one line if there is no such setting, or its value is
   *     malformed
   */
  public MonitorSettings with(String key, String value) {
    return switch (key) {
      case "threshold" -> copy(share(key, value), minFreeBytes, refreshMillis, warnThreshold);
      case "warn" -> copy(threshold, minFreeBytes, refreshMillis, share(key, value));
      case "min-free-bytes" -> copy(threshold, count(key, value), refreshMillis, warnThreshold);
      case "refresh-ms" -> copy(threshold, minFreeBytes, count(key, value), warnThreshold);
      case "policy" ->
          new MonitorSettings(
              threshold,
              minFreeBytes,
              refreshMillis,
              warnThreshold,
              KillPolicy.of(value),
              warns,
              fails,
              kills,
              raises);
      case "rungs" -> withRungs(value);
      case "priority" -> withPriority(value);
      default ->
          throw new IllegalArgumentException(
              "unknown setting: actual=" + key + ", expected=" + String.join(", ", KEYS));
    };
  }

  private MonitorSettings withRungs(String value) {
    List<String> rungs = Arrays.asList(value.split("[;+]", -1));
    if (!RUNGS.containsAll(rungs)) {
      throw wrong("rungs", value, "some of warn, fail and kill with + between them, or none");
    }
    return new MonitorSettings(
        threshold,
        minFreeBytes,
        refreshMillis,
        warnThreshold,
        policy,
        rungs.contains("warn"),
        rungs.contains("fail"),
        rungs.contains("kill"),
        raises);
  }

  private MonitorSettings withPriority(String value) {
    if (!PRIORITIES.contains(value)) {
      throw wrong("priority", value, String.join(" or ", PRIORITIES));
    }
    return new MonitorSettings(
        threshold,
        minFreeBytes,
        refreshMillis,
        warnThreshold,
        policy,
        warns,
        fails,
        kills,
        value.equals(PRIORITIES.get(0)));
  }

  private MonitorSettings copy(
      double newThreshold, long newMinFreeBytes, long newRefreshMillis, double newWarnThreshold) {
    return new MonitorSettings(
        newThreshold,
        newMinFreeBytes,
        newRefreshMillis,
        newWarnThreshold,
        policy,
        warns,
        fails,
        kills,
        raises);
  }

  private static double share(String key, String value) {
    try {
      double share = Double.parseDouble(value);
      if (share > 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, value, "a share such as 0.95, above 0 and at most 1");
    }
    throw wrong(key, value, "a share such as 0.95, above 0 and at most 1");
  }

  private static long count(String key, String value) {
    try {
      long count = Long.parseLong(value);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, value, "a number, 0 or above");
    }
    throw wrong(key, value, "a number, 0 or above");
  }

  private static IllegalArgumentException wrong(String key, String value, String expected) {
    return new IllegalArgumentException(
        "malformed setting: actual=" + key + "=" + value + ", expected=" + expected);
  }
}

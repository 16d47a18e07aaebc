package dev.heaplight.engine;

import dev.heaplight.engine.method.KnownRuntimes;
import dev.heaplight.engine.method.MethodRule;
import dev.heaplight.engine.record.AgentMemory;
import dev.heaplight.engine.record.CaptureMode.Mode;
import dev.heaplight.engine.sample.SamplingBudget;
import dev.heaplight.monitor.act.MonitorSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options behind {@code -javaagent:heaplight-agent.jar=}, as {@code key=value} pairs with commas
 * between them.
 *
 * @param mode how allocations are captured
 * @param session session directory, or null for one of the worker's own
 * @param trackProcess whether the whole process is a scope
 * @param scopeMethods methods that open a scope, as {@code package.Class.method}
 * @param auto whether tasks and actors of known runtimes are scopes
 * @param overhead share of a scope's CPU time that samples may take, above 0 and at most 1
 * @param intervalBytes fixed distance of samples in bytes, or 0 to keep to the overhead
 * @param escapeAnalysis whether the JIT compiler may remove objects as it does without the agent
 * @param live whether objects are followed to learn what lives
 * @param nativeMemory whether native code's memory is sampled, where a profiler does the sampling
 * @param maxMemoryBytes bound of the agent's own memory
 * @param weaveWaitMillis longest time a scope waits for weaving to be done
 * @param memoryIntervalMillis time between two points of the memory line; 0 for none
 * @param monitor how the memory monitor acts
 * @param verbose whether failures come with their stack traces
 */
record AgentOptions(
    Mode mode,
    @Nullable String session,
    boolean trackProcess,
    List<String> scopeMethods,
    boolean auto,
    double overhead,
    long intervalBytes,
    boolean escapeAnalysis,
    boolean live,
    boolean nativeMemory,
    long maxMemoryBytes,
    long weaveWaitMillis,
    long memoryIntervalMillis,
    MonitorSettings monitor,
    boolean verbose) {
  private static final long DEFAULT_WEAVE_WAIT_MILLIS = 30_000;
  private static final long DEFAULT_MEMORY_INTERVAL_MILLIS = 100;
  private static final long MIN_MEMORY_INTERVAL_MILLIS = 10;

  /** The table of sites alone takes some megabytes. */
  private static final long MIN_MEMORY_BYTES = 8L << 20;

  /**
   * Reads the options; null or empty means all defaults. What the environment's variables say holds
   * where no option says otherwise.
   *
   * @throws IllegalArgumentException with a one-line message if an option or variable is unknown,
   *     malformed or given twice
   */
  static AgentOptions parse(@Nullable String text, Map<String, String> environment) {
    Mode mode = Mode.EXACT;
    String session = null;
    boolean trackProcess = false;
    List<String> scopeMethods = List.of();
    boolean auto = true;
    double overhead = SamplingBudget.DEFAULT_OVERHEAD;
    long intervalBytes = 0;
    boolean escapeAnalysis = true;
    boolean live = true;
    boolean nativeMemory = true;
    long maxMemoryBytes = AgentMemory.DEFAULT_LIMIT_BYTES;
    long weaveWaitMillis = DEFAULT_WEAVE_WAIT_MILLIS;
    long memoryIntervalMillis = DEFAULT_MEMORY_INTERVAL_MILLIS;
    MonitorSettings monitor = MonitorSettings.DEFAULT.withEnvironment(environment);
    boolean verbose = false;
    Set<String> given = new HashSet<>();
    for (String option : split(text)) {
      int equals = option.indexOf('=');
      if (equals <= 0 || equals == option.length() - 1) {
        throw OptionValues.wrong("malformed option", option, "key=value");
      }
      String key = option.substring(0, equals);
      String value = option.substring(equals + 1);
      if (!given.add(key)) {
        throw OptionValues.wrong("option given twice", option, "each option once");
      }
      switch (key) {
        case "mode" -> mode = mode(value);
        case "session" -> session = value;
        case "track" -> trackProcess = track(value);
        case "scope" -> scopeMethods = Arrays.asList(value.split(";", -1));
        case "auto" -> auto = OptionValues.onOff(key, value);
        case "overhead" -> overhead = OptionValues.share(key, value);
        case "interval" -> intervalBytes = OptionValues.bytes(key, value, 1);
        case "escape-analysis" -> escapeAnalysis = OptionValues.onOff(key, value);
        case "live" -> live = OptionValues.onOff(key, value);
        case "native" -> nativeMemory = OptionValues.onOff(key, value);
        case "max-memory" -> maxMemoryBytes = OptionValues.bytes(key, value, MIN_MEMORY_BYTES);
        case "weave-wait" -> weaveWaitMillis = OptionValues.millis(key, value);
        case "memory-interval" -> memoryIntervalMillis = memoryInterval(key, value);
        case "memory-threshold" -> monitor = monitor.with("threshold", asShare(key, value));
        case "memory-warn" -> monitor = monitor.with("warn", asShare(key, value));
        case "memory-refresh" ->
            monitor = monitor.with("refresh-ms", Long.toString(OptionValues.millis(key, value)));
        case "memory-min-free" ->
            monitor =
                monitor.with("min-free-bytes", Long.toString(OptionValues.bytes(key, value, 0)));
        case "memory-policy" -> monitor = monitor.with("policy", value);
        case "memory-rungs" -> monitor = monitor.with("rungs", value);
        case "memory-priority" -> monitor = monitor.with("priority", value);
        case "verbose" -> verbose = OptionValues.bool(key, value);
        default ->
            throw OptionValues.wrong(
                "unknown option",
                option,
                "mode, session, track, scope, auto, overhead, interval, escape-analysis, live, native,"
                    + " max-memory, weave-wait, memory-interval, memory-threshold, memory-warn,"
                    + " memory-refresh, memory-min-free, memory-policy, memory-rungs,"
                    + " memory-priority or verbose");
      }
    }
    return new AgentOptions(
        mode,
        session,
        trackProcess,
        scopeMethods,
        auto,
        overhead,
        intervalBytes,
        escapeAnalysis,
        live,
        nativeMemory,
        maxMemoryBytes,
        weaveWaitMillis,
        memoryIntervalMillis,
        monitor,
        verbose);
  }

  /**
   * The methods that are scopes: those the options name, and those of known runtimes.
   *
   * @throws IllegalArgumentException with a one-line message if one is malformed
   */
  List<MethodRule> methodRules() {
    List<MethodRule> rules = new ArrayList<>();
    scopeMethods.forEach(text -> rules.add(MethodRule.parse(text)));
    if (auto) {
      rules.addAll(KnownRuntimes.rules());
    }
    return rules;
  }

  private static List<String> split(@Nullable String text) {
    return text == null || text.isBlank()
        ? List.of()
        : new ArrayList<>(Arrays.asList(text.strip().split(",", -1)));
  }

  private static String asShare(String key, String value) {
    return Double.toString(OptionValues.share(key, value));
  }

  private static Mode mode(String value) {
    return switch (value) {
      case "exact" -> Mode.EXACT;
      case "sampled" -> Mode.SAMPLED;
      case "off" -> Mode.OFF;
      default ->
          throw OptionValues.wrong(
              "malformed option", "mode=" + value, "mode=exact, mode=sampled or mode=off");
    };
  }

  private static boolean track(String value) {
    if (!value.equals("process")) {
      throw OptionValues.wrong("malformed option", "track=" + value, "track=process");
    }
    return true;
  }

  private static long memoryInterval(String key, String value) {
    long millis = OptionValues.millis(key, value);
    if (millis != 0 && millis < MIN_MEMORY_INTERVAL_MILLIS) {
      throw OptionValues.wrong("malformed option", key + "=" + value, "0ms, or 10ms and above");
    }
    return millis;
  }
}

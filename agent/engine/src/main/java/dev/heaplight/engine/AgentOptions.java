package dev.heaplight.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
 * @param weaveWaitMillis longest time a scope waits for weaving to be done
 * @param memoryIntervalMillis time between two points of the memory line; 0 for none
 * @param verbose whether failures come with their stack traces
 */
record AgentOptions(
    Mode mode,
    @Nullable String session,
    boolean trackProcess,
    List<String> scopeMethods,
    long weaveWaitMillis,
    long memoryIntervalMillis,
    boolean verbose) {
  private static final long DEFAULT_WEAVE_WAIT_MILLIS = 30_000;
  private static final long DEFAULT_MEMORY_INTERVAL_MILLIS = 100;
  private static final long MIN_MEMORY_INTERVAL_MILLIS = 10;

  /** How allocations are captured. */
  enum Mode {
    /** Every allocation is counted. */
    EXACT,
    /** Nothing is captured. */
    OFF
  }

  /**
   * Reads the options; null or empty means all defaults.
   *
   * @throws IllegalArgumentException with a one-line message if an option is unknown, malformed or
   *     given twice
   */
  static AgentOptions parse(@Nullable String text) {
    Mode mode = Mode.EXACT;
    String session = null;
    boolean trackProcess = false;
    List<String> scopeMethods = List.of();
    long weaveWaitMillis = DEFAULT_WEAVE_WAIT_MILLIS;
    long memoryIntervalMillis = DEFAULT_MEMORY_INTERVAL_MILLIS;
    boolean verbose = false;
    Set<String> given = new HashSet<>();
    for (String option : split(text)) {
      int equals = option.indexOf('=');
      if (equals <= 0 || equals == option.length() - 1) {
        throw wrong("malformed option", option, "key=value");
      }
      String key = option.substring(0, equals);
      String value = option.substring(equals + 1);
      if (!given.add(key)) {
        throw wrong("option given twice", option, "each option once");
      }
      switch (key) {
        case "mode" -> mode = mode(value);
        case "session" -> session = value;
        case "track" -> trackProcess = track(value);
        case "scope" -> scopeMethods = Arrays.asList(value.split(";", -1));
        case "weave-wait" -> weaveWaitMillis = millis(key, value);
        case "memory-interval" -> memoryIntervalMillis = memoryInterval(value);
        case "verbose" -> verbose = bool(value);
        default ->
            throw wrong(
                "unknown option",
                option,
                "mode, session, track, scope, weave-wait, memory-interval or verbose");
      }
    }
    return new AgentOptions(
        mode, session, trackProcess, scopeMethods, weaveWaitMillis, memoryIntervalMillis, verbose);
  }

  private static List<String> split(@Nullable String text) {
    return text == null || text.isBlank()
        ? List.of()
        : new ArrayList<>(Arrays.asList(text.strip().split(",", -1)));
  }

  private static Mode mode(String value) {
    return switch (value) {
      case "exact" -> Mode.EXACT;
      case "off" -> Mode.OFF;
      default -> throw wrong("malformed option", "mode=" + value, "mode=exact or mode=off");
    };
  }

  private static boolean track(String value) {
    if (!value.equals("process")) {
      throw wrong("malformed option", "track=" + value, "track=process");
    }
    return true;
  }

  private static boolean bool(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("malformed option", "verbose=" + value, "verbose=true or false");
    };
  }

  private static long memoryInterval(String value) {
    long millis = millis("memory-interval", value);
    if (millis != 0 && millis < MIN_MEMORY_INTERVAL_MILLIS) {
      throw wrong("malformed option", "memory-interval=" + value, "0ms, or 10ms and above");
    }
    return millis;
  }

  private static long millis(String key, String value) {
    boolean inMillis = value.endsWith("ms");
    boolean inSeconds = !inMillis && value.endsWith("s");
    String digits = value.substring(0, value.length() - (inMillis ? 2 : inSeconds ? 1 : 0));
    try {
      long amount = Long.parseLong(digits);
      if (amount >= 0 && (inMillis || inSeconds)) {
        return inMillis ? amount : Math.multiplyExact(amount, 1000L);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw wrong("malformed option", key + "=" + value, "a duration such as 500ms or 10s");
    }
    throw wrong("malformed option", key + "=" + value, "a duration such as 500ms or 10s");
  }

  private static IllegalArgumentException wrong(String what, String actual, String expected) {
    return new IllegalArgumentException(what + ": actual=" + actual + ", expected=" + expected);
  }
}

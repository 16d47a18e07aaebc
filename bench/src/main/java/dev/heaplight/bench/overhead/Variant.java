package dev.heaplight.bench.overhead;

import java.nio.file.Path;
import java.util.List;

/**
 * One way to run a worker.
 *
 * @param name name in options and tables
 * @param session what the worker does around its work, see its sessions
 * @param operationsDivisor how many times fewer operations are measured, for very slow profilers
 * @param jvmOptions what attaches the profiler
 */
record Variant(String name, String session, int operationsDivisor, JvmOptions jvmOptions) {
  /** Without any profiler; all others are compared to it. */
  static final String BARE = "bare";

  /** All that take part unless chosen otherwise. */
  static final List<String> DEFAULTS =
      List.of(
          BARE,
          "attached",
          "exact",
          "exact-live-off",
          "sampled",
          "google",
          "async-512k",
          "async-1",
          "jfr");

  private static final int EVERY_ALLOCATION_DIVISOR = 20;

  /** Options of a worker's JVM. */
  interface JvmOptions {
    List<String> of(BenchFiles files, Path runDirectory);
  }

  /**
   * The variant of this name. {@code exact=/path/agent.jar} is {@code exact} with another build of
   * the agent, to compare two builds; {@code exact+overhead=1%+live=off} is {@code exact} with
   * options of the agent.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Variant of(String name) {
    int plus = name.indexOf('+');
    if (plus > 0) {
      String base = name.substring(0, plus);
      String options = mode(base) + name.substring(plus).replace('+', ',');
      return heaplight(name, session(base), null, options);
    }
    int equals = name.indexOf('=');
    if (equals > 0) {
      Path agent = Path.of(name.substring(equals + 1)).toAbsolutePath();
      String label = name.substring(0, equals) + " (" + agent.getFileName() + ")";
      String base = name.substring(0, equals);
      return heaplight(label, session(base), agent, mode(base));
    }
    return switch (name) {
      case BARE -> new Variant(name, "none", 1, (files, run) -> List.of());
      case "attached", "exact", "sampled" -> heaplight(name, session(name), null, mode(name));
      case "exact-live-off" -> heaplight(name, "tracker", null, ",live=off");
      case "exact-all-made" -> heaplight(name, "tracker", null, ",escape-analysis=off");
      case "attached-all-made" -> heaplight(name, "attached", null, ",escape-analysis=off");
      case "google" ->
          new Variant(
              name,
              "google",
              1,
              (files, run) -> List.of("-javaagent:" + files.allocationInstrumenter()));
      case "async-512k" ->
          new Variant(name, "none", 1, (files, run) -> List.of(asyncProfiler(files, run, "512k")));
      case "async-1" ->
          new Variant(name, "every", EVERY_ALLOCATION_DIVISOR, (files, run) -> List.of());
      case "jfr" -> new Variant(name, "none", 1, (files, run) -> List.of(flightRecorder(run)));
      default ->
          throw new IllegalArgumentException(
              "unknown variant: actual=" + name + ", expected=" + String.join(", ", DEFAULTS));
    };
  }

  private static String mode(String name) {
    return name.equals("sampled") ? ",mode=sampled" : "";
  }

  private static String session(String name) {
    return switch (name) {
      case "attached" -> "attached";
      case "exact", "sampled" -> "tracker";
      default -> throw new IllegalArgumentException("no variant with an agent: actual=" + name);
    };
  }

  private static Variant heaplight(
      String name, String session, @org.jspecify.annotations.Nullable Path agent, String options) {
    return new Variant(
        name,
        session,
        1,
        (files, run) ->
            List.of(
                "-javaagent:"
                    + (agent == null ? files.agent() : agent)
                    + ("=weave-wait=600s,session=" + run.resolve("session"))
                    + options));
  }

  private static String asyncProfiler(BenchFiles files, Path run, String interval) {
    return "-agentpath:"
        + files.asyncProfiler()
        + ("=start,event=alloc,alloc=" + interval)
        + (",collapsed,file=" + run.resolve("async-profiler.collapsed"));
  }

  private static String flightRecorder(Path run) {
    return "-XX:StartFlightRecording=settings=profile,filename=" + run.resolve("flight.jfr");
  }
}

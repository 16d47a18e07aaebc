package dev.heaplight.bench.worker;

import one.profiler.AsyncProfiler;

/** Makes the session that a variant of the benchmark asks for. */
final class ProfilerSessions {
  /** System property: async-profiler's native library. */
  private static final String ASYNC_PROFILER_LIBRARY = "heaplight.bench.asyncprofiler";

  private ProfilerSessions() {}

  /** By name: {@code none}, {@code attached}, {@code tracker}, {@code google}, {@code every}. */
  static ProfilerSession of(String name) {
    return switch (name) {
      case "none" -> new Idle();
      case "attached" -> new NoScopeOpen();
      case "tracker" -> new TrackerSession();
      case "google" -> new GoogleSession();
      case "every" -> new EveryAllocation();
      default -> throw new IllegalArgumentException("unknown session: actual=" + name);
    };
  }

  /** No profiler, or one that needs nothing done: it was started with the JVM. */
  private static final class Idle implements ProfilerSession {
    @Override
    public void begin(String part) {}

    @Override
    public void end() {}
  }

  /**
   * Heaplight without a scope. The agent weaves in the background; a first scope waits for that.
   */
  private static final class NoScopeOpen implements ProfilerSession {
    private final TrackerSession untilWoven = new TrackerSession();
    private boolean woven;

    @Override
    public void begin(String part) {
      if (!woven) {
        untilWoven.begin("wait");
        untilWoven.end();
        woven = true;
      }
    }

    @Override
    public void end() {}
  }

  /** async-profiler with every allocation: so slow that the warm-up runs without it. */
  private static final class EveryAllocation implements ProfilerSession {
    private final AsyncProfiler profiler =
        AsyncProfiler.getInstance(System.getProperty(ASYNC_PROFILER_LIBRARY));

    private boolean started;

    @Override
    public void begin(String part) throws Exception {
      if (!part.equals(OverheadWorker.WARM_UP)) {
        profiler.execute("start,event=alloc,alloc=1");
        started = true;
      }
    }

    @Override
    public void end() {
      if (started) {
        profiler.stop();
      }
    }
  }
}

package dev.heaplight.monitor.act;

/** Time, as tests may set it. */
public interface Clock {
  /** The machine's own. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long millis() {
          return System.currentTimeMillis();
        }
      };

  /** Nanoseconds of the node's monotonic clock. */
  long nanos();

  /** Milliseconds since 1970. */
  long millis();
}

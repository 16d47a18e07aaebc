package dev.heaplight.hook;

/**
 * Keeps a virtual thread on its carrier while it is in agent code.
 *
 * <p>Why: since JDK 24 a virtual thread that waits for a monitor leaves its carrier. When the
 * monitor is free, and that virtual thread is next, a thread of the JVM's has to put it back into
 * its pool; that thread allocates as it does so, comes to a hook, and may wait for the same
 * monitor: neither gets on, ever. Pinned threads wait as platform threads do, each of them awake
 * when its turn comes.
 *
 * <p>As they stand, both methods do nothing. Where the JVM has virtual threads the agent replaces
 * their bodies at the start by calls of the JVM's own functions, which do nothing for platform
 * threads. They nest.
 */
final class CarrierPin {
  private CarrierPin() {}

  /** Before anything that may wait for a lock of the agent's. */
  static void pin() {}

  /** At each end of what began with {@link #pin}. */
  static void unpin() {}
}

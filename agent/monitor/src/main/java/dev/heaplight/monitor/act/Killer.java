package dev.heaplight.monitor.act;

import dev.heaplight.monitor.session.ProcessIdentity;
import java.nio.file.Path;

/** Kills processes. */
public interface Killer {
  /** As the kernel has it for a process ended by SIGKILL. */
  int SIGKILL_STATUS = 137;

  /**
   * Kills a process, if it still is the one that was meant.
   *
   * @return whether the signal was sent
   */
  boolean kill(ProcessIdentity victim);

  /** Sends SIGKILL, to this process itself as well. */
  static Killer signals(Path proc) {
    OwnEnd own = new OwnEnd();
    return victim -> {
      ProcessHandle self = ProcessHandle.current();
      if (victim.pid() == self.pid()) {
        own.now();
      }
      // The handle checks the start time again in the moment it sends the signal.
      return ProcessHandle.of(victim.pid())
          .filter(handle -> victim.isAlive(proc))
          .map(ProcessHandle::destroyForcibly)
          .orElse(false);
    };
  }
}

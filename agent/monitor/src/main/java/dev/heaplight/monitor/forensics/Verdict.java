package dev.heaplight.monitor.forensics;

/** What ended a worker. */
public enum Verdict {
  /** It still runs. */
  RUNNING,
  /** Heaplight's monitor killed it because memory was short. */
  MONITOR_KILL,
  /** The kernel's OOM killer did. */
  KERNEL_OOM,
  /** Its own heap was exhausted. */
  JVM_OUT_OF_MEMORY,
  /** The JVM crashed, by a segmentation fault for instance. */
  CRASH,
  /** Somebody sent it a signal. */
  EXTERNAL_SIGNAL,
  /** It ended itself with a code that is not 0: its program's choice, or an exception. */
  EXITED,
  /** It ended itself in an orderly way, with code 0 as far as that is known. */
  CLEAN,
  /** What is known fits more than one of these. */
  UNKNOWN
}

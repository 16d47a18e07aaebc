package dev.heaplight.monitor.account;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one process, as the kernel has it.
 *
 * <p>{@code VmRSS} is the sum of {@code RssAnon}, private memory, {@code RssFile}, mapped files,
 * and {@code RssShmem}, shared memory; see proc(5). What a process alone accounts for is {@code
 * RssAnon}, which is RSS minus shared. Where ZGC keeps the Java heap in shared memory, the heap's
 * committed size is added: there RSS minus shared says nothing.
 *
 * @param rssBytes resident set size
 * @param sharedBytes the part of it that files and other processes account for
 * @param privateBytes what the process alone accounts for
 * @param formula how {@code privateBytes} was computed
 */
public record ProcessMemory(long rssBytes, long sharedBytes, long privateBytes, String formula) {
  /** The usual formula. */
  public static final String RSS_MINUS_SHARED = "RSS - shared (RssAnon)";

  /** Of a JVM whose collector keeps the heap in shared memory. */
  public static final String WITH_SHARED_HEAP = "RssAnon + committed heap (ZGC's heap is shared)";

  private static final long KB = 1024;

  /**
   * The memory of a process now, or null if it is gone or the kernel does not tell.
   *
   * @param sharedHeapBytes what its heap has committed in shared memory, else 0
   */
  public static @Nullable ProcessMemory of(Path root, long pid, long sharedHeapBytes) {
    try (KernelFile status = new KernelFile(root.resolve("proc/" + pid + "/status"))) {
      if (!status.read()) {
        return null;
      }
      long rss = status.number("VmRSS");
      long anonymous = status.number("RssAnon");
      if (rss < 0 || anonymous < 0) {
        return null;
      }
      return new ProcessMemory(
          rss * KB,
          Math.max(0, rss - anonymous) * KB,
          anonymous * KB + sharedHeapBytes,
          sharedHeapBytes > 0 ? WITH_SHARED_HEAP : RSS_MINUS_SHARED);
    }
  }

  /**
   * What is behind a process's page tables.
   *
   * @param ussBytes memory no other process has mapped
   * @param pssBytes the same and, of shared memory, its part divided by those that share it
   */
  public record Mapped(long ussBytes, long pssBytes) {}

  /**
   * Sums up a process's page tables: some 4 us for each resident MB, so for few processes only.
   * Null if the kernel does not tell, for instance because they are another user's.
   */
  public static @Nullable Mapped mapped(Path root, long pid) {
    try (KernelFile rollup = new KernelFile(root.resolve("proc/" + pid + "/smaps_rollup"))) {
      if (!rollup.read()) {
        return null;
      }
      long pss = rollup.number("Pss");
      long clean = rollup.number("Private_Clean");
      long dirty = rollup.number("Private_Dirty");
      return pss < 0 || clean < 0 || dirty < 0 ? null : new Mapped((clean + dirty) * KB, pss * KB);
    }
  }
}

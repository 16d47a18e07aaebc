package dev.heaplight.engine.memory;

import dev.heaplight.format.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the Linux kernel says of this process's memory. Not thread-safe.
 *
 * <p>Source: {@code /proc/self/status}, whose figures are in kB, so that the size of a page is not
 * needed as it would be for {@code statm}. {@code VmRSS} is the resident set; it is the sum of
 * {@code RssAnon}, private memory, {@code RssFile}, mapped files, and {@code RssShmem}, shared
 * memory. RSS minus shared is {@code RssAnon}, with one exception.
 *
 * <p>ZGC keeps the Java heap in a shared memory file, so that {@code RssAnon} misses the heap; and
 * on JDK 17 maps it three times, so that {@code VmRSS} and {@code RssShmem} count a page up to
 * three times. There the heap's committed size is added: ZGC has the kernel allocate a page of the
 * file as it commits it, mapped or not. Measured on JDK 17 and 25: the kernel's {@code Shmem} rises
 * by the committed size, within 6 %, where {@code RssShmem} was 0.4 to 1.4 times it. {@code Pss} of
 * {@code smaps_rollup} misses what is not mapped, and takes a walk over all page tables.
 *
 * <p>Where the file is missing or says nothing of memory, as on other systems, all is unknown.
 */
final class ProcessStatus {
  private static final int MAX_BYTES = 8192;

  private final String path;
  private final byte[] buffer = new byte[MAX_BYTES];
  private @Nullable RandomAccessFile file;
  private boolean missing;
  private long rssBytes = Progress.UNKNOWN;
  private long anonymousBytes = Progress.UNKNOWN;
  private long fileBytes = Progress.UNKNOWN;
  private long sharedBytes = Progress.UNKNOWN;
  private long threads = Progress.UNKNOWN;

  ProcessStatus() {
    this("/proc/self/status");
  }

  ProcessStatus(String path) {
    this.path = path;
  }

  /** Reads the figures anew; costs some 20 us. */
  void read() {
    rssBytes = Progress.UNKNOWN;
    anonymousBytes = Progress.UNKNOWN;
    fileBytes = Progress.UNKNOWN;
    sharedBytes = Progress.UNKNOWN;
    threads = Progress.UNKNOWN;
    if (!missing) {
      try {
        parse(fill());
      } catch (IOException e) {
        missing = true;
      }
    }
  }

  /** Resident set size. */
  long rssBytes() {
    return rssBytes;
  }

  /** Resident part of mapped files. */
  long fileBytes() {
    return fileBytes;
  }

  /** Resident part of shared memory. */
  long sharedBytes() {
    return sharedBytes;
  }

  /** Number of threads. */
  long threads() {
    return threads;
  }

  /**
   * Resident set size less what is shared with other processes.
   *
   * @param sharedHeapBytes what the heap has committed if its collector keeps it in shared memory,
   *     else 0
   */
  long rssMinusSharedBytes(long sharedHeapBytes) {
    return anonymousBytes == Progress.UNKNOWN ? Progress.UNKNOWN : anonymousBytes + sharedHeapBytes;
  }

  private int fill() throws IOException {
    RandomAccessFile open = file;
    if (open == null) {
      open = new RandomAccessFile(path, "r");
      file = open;
    }
    open.seek(0); // the kernel writes the file anew for each reading from its start
    return Math.max(0, open.read(buffer, 0, buffer.length));
  }

  private void parse(int length) {
    int start = 0;
    for (int at = 0; at < length; at++) {
      if (buffer[at] == '\n') {
        line(start, at);
        start = at + 1;
      }
    }
  }

  private void line(int start, int end) {
    if (startsWith("VmRSS:", start, end)) {
      rssBytes = bytes(start, end);
    } else if (startsWith("RssAnon:", start, end)) {
      anonymousBytes = bytes(start, end);
    } else if (startsWith("RssFile:", start, end)) {
      fileBytes = bytes(start, end);
    } else if (startsWith("RssShmem:", start, end)) {
      sharedBytes = bytes(start, end);
    } else if (startsWith("Threads:", start, end)) {
      threads = number(start, end);
    }
  }

  private boolean startsWith(String label, int start, int end) {
    if (end - start < label.length()) {
      return false;
    }
    for (int i = 0; i < label.length(); i++) {
      if (buffer[start + i] != label.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The number in a line that ends in kB. */
  private long bytes(int start, int end) {
    if (end - start < 3 || buffer[end - 2] != 'k' || buffer[end - 1] != 'B') {
      return Progress.UNKNOWN;
    }
    long kilobytes = number(start, end - 2);
    return kilobytes < 0 || kilobytes > Long.MAX_VALUE >> 10 ? Progress.UNKNOWN : kilobytes << 10;
  }

  private long number(int start, int end) {
    String line = new String(buffer, start, end - start, StandardCharsets.ISO_8859_1);
    try {
      return Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
    } catch (NumberFormatException e) {
      return Progress.UNKNOWN;
    }
  }
}

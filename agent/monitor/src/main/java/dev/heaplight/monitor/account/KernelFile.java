package dev.heaplight.monitor.account;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A small file of the kernel's that is read again and again through one descriptor, 1-4 us a
 * reading. The kernel writes it anew for each reading from its start. Not thread-safe.
 */
final class KernelFile implements AutoCloseable {
  /** Stands for a number that is missing or none. */
  static final long UNKNOWN = -1;

  private static final int FIRST_BYTES = 4096;
  private static final int MAX_BYTES = 1 << 20;

  private final Path path;
  private @Nullable RandomAccessFile file;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  KernelFile(Path path) {
    this.path = path;
  }

  /** Reads the file anew; false if it cannot be read, and then it holds nothing. */
  boolean read() {
    length = 0;
    try {
      RandomAccessFile open = file;
      if (open == null) {
        open = new RandomAccessFile(path.toString(), "r");
        file = open;
      } else {
        open.seek(0);
      }
      int read = open.read(bytes, 0, bytes.length);
      while (read > 0) {
        length += read;
        if (length == bytes.length) {
          if (length >= MAX_BYTES) {
            break;
          }
          bytes = Arrays.copyOf(bytes, length * 2);
        }
        read = open.read(bytes, length, bytes.length - length);
      }
      return true;
    } catch (IOException e) {
      length = 0;
      close();
      return false;
    }
  }

  /** All of the text, as last read. */
  String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** The number the file consists of; {@link #UNKNOWN} if it is none or negative. */
  long number() {
    return number(0);
  }

  /** Whether the file consists of this word. */
  boolean is(String word) {
    return text().strip().equals(word);
  }

  /** The number behind a word at the start of a line, and spaces or a colon. */
  long number(String word) {
    int start = 0;
    while (start < length) {
      if (startsWith(word, start)) {
        return number(start + word.length());
      }
      while (start < length && bytes[start] != '\n') {
        start++;
      }
      start++;
    }
    return UNKNOWN;
  }

  private boolean startsWith(String word, int start) {
    int end = start + word.length();
    if (end >= length) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[start + i] != word.charAt(i)) {
        return false;
      }
    }
    return bytes[end] == ' ' || bytes[end] == ':' || bytes[end] == '\t';
  }

  private long number(int from) {
    int at = from;
    while (at < length && (bytes[at] == ' ' || bytes[at] == ':' || bytes[at] == '\t')) {
      at++;
    }
    int first = at;
    long number = 0;
    while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
      int digit = bytes[at] - '0';
      if (number > (Long.MAX_VALUE - digit) / 10) {
        return Long.MAX_VALUE; // v1 of old kernels: the largest of 64 bits for "no limit"
      }
      number = number * 10 + digit;
      at++;
    }
    boolean whole = at == length || bytes[at] <= ' ';
    return at == first || !whole ? UNKNOWN : number;
  }

  @Override
  public void close() {
    RandomAccessFile open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        return; // it was only read
      }
    }
  }
}

package dev.heaplight.monitor.session;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A small file of facts: UTF-8 lines {@code key=value}, in which a backslash stands before a
 * backslash, {@code n} for a line feed and {@code r} for a carriage return.
 *
 * <p>Written beside itself and renamed, so that a reader finds the old facts or the new ones.
 */
public final class KeyValues {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private KeyValues() {}

  /**
   * Reads a file; lines that are none of these are passed over.
   *
   * @throws IOException if it cannot be read
   */
  public static Map<String, String> read(Path file) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String line : Files.readString(file).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        facts.put(line.substring(0, equals), unescaped(line.substring(equals + 1)));
      }
    }
    return facts;
  }

  /**
   * Replaces a file, in one step.
   *
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path file, Map<String, String> facts) throws IOException {
    StringBuilder text = new StringBuilder();
    facts.forEach(
        (key, value) -> {
          text.append(key).append('=');
          escape(value, text);
          text.append('\n');
        });
    replace(file, text.toString());
  }

  /**
   * Replaces a file's text, in one step; the file is its owner's alone.
   *
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void replace(Path file, String text) throws IOException {
    Files.move(
        fresh(file, text),
        file,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Creates a file with a text, in one step; the file is its owner's alone.
   *
   * @return false if there is one already, which stays as it is
   * @throws IOException if it cannot be written
   */
  public static boolean create(Path file, String text) throws IOException {
    Path fresh = fresh(file, text);
    try {
      return Files.createLink(file, fresh).equals(file);
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static Path fresh(Path file, String text) throws IOException {
    Path fresh =
        file.resolveSibling("." + file.getFileName() + "-" + ProcessHandle.current().pid());
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(fresh, text);
    return fresh;
  }

  private static void escape(String value, StringBuilder to) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> to.append("\\\\");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        default -> to.append(c);
      }
    }
  }

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder value = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        char escaped = text.charAt(i);
        value.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
      } else {
        value.append(c);
      }
    }
    return value.toString();
  }
}

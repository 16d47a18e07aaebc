package dev.heaplight.engine.record;

import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingLayout;
import dev.heaplight.format.RecordingWriter;
import dev.heaplight.monitor.session.SessionDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Names and creates recordings. Thread-safe. */
final class RecordingFiles {
  private static final int MAX_NAME_CHARS = 120;
  private static final int MAX_ATTEMPTS = 10_000;

  private final SessionDirectory session;

  RecordingFiles(SessionDirectory session) {
    this.session = session;
  }

  /**
   * A new recording and its file.
   *
   * @param file absolute path
   * @param writer writer that has written the header
   */
  record NewRecording(Path file, RecordingWriter writer) {}

  /** The session's directory, made if needed. */
  Path session() throws IOException {
    return session.directory();
  }

  /** Makes the session's directory if needed. */
  void prepare() throws IOException {
    Path unused = session.logs();
  }

  /**
   * Creates {@code <name>-<id>.heaplight}, with a number behind it where that exists already.
   *
   * @param destination file or existing directory to use instead of the session's; may be null
   */
  NewRecording create(RecordingHeader header, @Nullable String destination) throws IOException {
    String stem = sanitised(header.name()) + "-" + sanitised(header.id());
    if (destination == null) {
      return createIn(session.logs(), stem, header);
    }
    Path given = Path.of(destination).toAbsolutePath();
    return Files.isDirectory(given)
        ? createIn(given, stem, header)
        : new NewRecording(given, RecordingWriter.create(given, header));
  }

  private static NewRecording createIn(Path directory, String stem, RecordingHeader header)
      throws IOException {
    FileAlreadyExistsException exists = null;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      String suffix = attempt == 1 ? "" : "-" + attempt;
      Path file = directory.resolve(stem + suffix + RecordingLayout.FILE_EXTENSION);
      try {
        return new NewRecording(file, RecordingWriter.create(file, header));
      } catch (FileAlreadyExistsException e) {
        exists = e;
      }
    }
    throw new IOException("no free file name: directory=" + directory + ", stem=" + stem, exists);
  }

  /** Letters, digits, dot, underscore and hyphen stay; a leading dot would hide the file. */
  static String sanitised(String text) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length() && name.length() < MAX_NAME_CHARS; i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-'
              || (c == '.' && i > 0);
      name.append(plain ? c : '_');
    }
    return name.length() == 0 ? "_" : name.toString();
  }
}

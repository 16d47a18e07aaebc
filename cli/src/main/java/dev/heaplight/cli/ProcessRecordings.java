package dev.heaplight.cli;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingLayout;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the recordings that a process has left behind, the one of the whole process first. */
final class ProcessRecordings {
  private final long pid;
  private final long sinceMillis;

  /**
   * One recording.
   *
   * @param ofProcess whether it is of the whole process
   */
  private record Found(Path file, boolean ofProcess) {}

  /**
   * Of the process {@code pid}, which started at {@code sinceMillis} or later: other processes had
   * the same number before.
   */
  ProcessRecordings(long pid, long sinceMillis) {
    this.pid = pid;
    this.sinceMillis = sinceMillis;
  }

  /** Those in a session directory. */
  List<Path> inSession(Path session) {
    List<Found> found = new ArrayList<>();
    for (Path file : files(session.resolve("logs"))) {
      RecordingHeader header = isRecent(file) ? header(file) : null;
      if (header != null && header.pid() == pid) {
        found.add(new Found(file, header.kind().equals("process")));
      }
    }
    found.sort(Comparator.comparing(Found::ofProcess).reversed().thenComparing(Found::file));
    return found.stream().map(Found::file).toList();
  }

  /** Those in the session that the process made itself in a directory for temporary files. */
  List<Path> inOwnSession(Path temporary) {
    String user = System.getProperty("user.name", "user");
    for (String base : List.of("heaplight", "heaplight-" + user)) {
      for (Path session : files(temporary.resolve(base))) {
        String name = String.valueOf(session.getFileName());
        if (name.startsWith("session_") && name.endsWith("_" + pid)) {
          List<Path> found = inSession(session);
          if (!found.isEmpty()) {
            return found;
          }
        }
      }
    }
    return List.of();
  }

  private boolean isRecent(Path file) {
    try {
      // A file system's clock may be coarse.
      return String.valueOf(file.getFileName()).endsWith(RecordingLayout.FILE_EXTENSION)
          && Files.getLastModifiedTime(file).toMillis() >= sinceMillis - 2_000;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static @Nullable RecordingHeader header(Path file) {
    HeaderVisitor visitor = new HeaderVisitor();
    try {
      Object unused = RecordingReader.read(file, visitor);
    } catch (CancellationException e) {
      return visitor.header; // all that was wanted
    } catch (IOException e) {
      return null;
    }
    return visitor.header;
  }

  /** Reads no further than the header. */
  private static final class HeaderVisitor implements RecordingVisitor {
    private @Nullable RecordingHeader header;

    @Override
    public void header(RecordingHeader newHeader, Dictionary dictionary) {
      header = newHeader;
      throw new CancellationException();
    }
  }
}

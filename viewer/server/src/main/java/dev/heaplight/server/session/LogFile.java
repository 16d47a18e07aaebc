package dev.heaplight.server.session;

import dev.heaplight.viewer.input.InputFiles;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A regular file below a session's logs, as it was found last.
 *
 * @param name path below the logs, with {@code /} between its parts
 * @param path the same with all that leads there, free of links when it was found
 * @param sizeBytes its size
 * @param modifiedMillis when it was written to, milliseconds since the epoch
 */
public record LogFile(String name, Path path, long sizeBytes, long modifiedMillis) {
  private static final int MAX_TEXT_BYTES = 4 << 20;

  /** Whether a flame graph can be drawn of it, by its name. */
  public boolean isRecording() {
    return InputFiles.EXTENSIONS.stream().anyMatch(name::endsWith);
  }

  /** Whether it has not been written to since {@code other} was found. */
  public boolean isAsBefore(LogFile other) {
    return sizeBytes == other.sizeBytes && modifiedMillis == other.modifiedMillis;
  }

  /**
   * The file's path, if that still leads through no link.
   *
   * @throws IOException if the file is gone, or a link has taken the place of a part of its path
   */
  public Path confined() throws IOException {
    if (!path.toRealPath().equals(path)) {
      throw new IOException("file: expected=no link on its path, path=" + path);
    }
    return path;
  }

  /**
   * Opens it for reading; a link in its place is refused.
   *
   * @throws IOException as {@link #confined} does, or if it cannot be opened
   */
  public SeekableByteChannel open() throws IOException {
    return Files.newByteChannel(
        confined(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Its text, if it is no longer than a report can be.
   *
   * @throws IOException as {@link #open} does, or if it is longer
   */
  public String text() throws IOException {
    try (SeekableByteChannel channel = open()) {
      if (channel.size() > MAX_TEXT_BYTES) {
        throw new IOException("file: expected at most=" + MAX_TEXT_BYTES + " bytes, path=" + path);
      }
      return new String(
          Channels.newInputStream(channel).readNBytes(MAX_TEXT_BYTES), StandardCharsets.UTF_8);
    }
  }
}

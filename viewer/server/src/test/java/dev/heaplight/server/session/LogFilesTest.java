package dev.heaplight.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
  @TempDir private Path given;
  private Path directory;

  @BeforeEach
  void realPath() throws IOException {
    directory = Files.createDirectory(given.toRealPath().resolve("logs"));
  }

  @Test
  void filesAreFoundAtAnyDepthAndLinksAreNot() throws IOException {
    Files.writeString(directory.resolve("b.log"), "b");
    Files.writeString(directory.resolve(".being-written"), "x");
    Files.writeString(Files.createDirectories(directory.resolve("in/side")).resolve("a.jfr"), "a");
    Path outside = Files.writeString(given.resolve("outside"), "secret");
    Files.createSymbolicLink(directory.resolve("link"), outside);
    Files.createSymbolicLink(directory.resolve("up"), given);
    Map<String, LogFile> files = LogFiles.below(directory);
    assertEquals(List.of("b.log", "in/side/a.jfr"), List.copyOf(files.keySet()));
    assertEquals("a", Objects.requireNonNull(files.get("in/side/a.jfr")).text());
  }

  @Test
  void fileWhoseDirectoryBecameALinkIsNotOpened() throws IOException {
    Path inner = Files.createDirectory(directory.resolve("inner"));
    Files.writeString(inner.resolve("file"), "ours");
    LogFile file = Objects.requireNonNull(LogFiles.below(directory).get("inner/file"));
    Path outside = Files.createDirectory(given.resolve("outside"));
    Files.writeString(outside.resolve("file"), "secret");
    Files.move(inner, given.resolve("moved"));
    Files.createSymbolicLink(inner, outside);
    IOException refused = assertThrows(IOException.class, file::text);
    assertEquals("file: expected=no link on its path, path=" + file.path(), refused.getMessage());
  }

  @Test
  void logsThatAreALinkThemselvesHoldNothing() throws IOException {
    Path link = Files.createSymbolicLink(given.resolve("linked"), directory);
    Files.writeString(directory.resolve("b.log"), "b");
    assertEquals(Map.of(), LogFiles.below(link));
  }
}

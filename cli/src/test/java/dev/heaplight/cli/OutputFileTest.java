package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  private static final byte[] HALF = "half".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  void failureHalfWayLeavesNothing() throws IOException {
    UserError error = assertThrows(UserError.class, () -> fail("No space left on device"));
    assertEquals(
        "cannot write "
            + directory.resolve("page.html")
            + ": No space left on device; check the disk or use -o",
        error.getMessage());
    assertEquals(List.of(), files());
  }

  @Test
  void failureHalfWayKeepsTheFileThatWasThere() throws IOException {
    Path page = Files.writeString(directory.resolve("page.html"), "before");
    assertThrows(UserError.class, () -> fail("No space left on device"));
    assertEquals("before", Files.readString(page));
    assertEquals(List.of("page.html"), files());
  }

  @Test
  void directoryIsNotOverwritten() throws IOException {
    Files.createDirectory(directory.resolve("page.html"));
    UserError error = assertThrows(UserError.class, () -> file().check());
    assertEquals(
        "cannot write "
            + directory.resolve("page.html")
            + ": it is a directory; give a file name with -o",
        error.getMessage());
  }

  @Test
  void fileAppearsWhole() throws IOException, UserError {
    Path written = file().write(out -> out.write(HALF));
    assertEquals(directory.resolve("page.html"), written);
    assertEquals("half", Files.readString(written));
    assertEquals(List.of("page.html"), files());
  }

  private void fail(String reason) throws UserError {
    file()
        .write(
            out -> {
              out.write(HALF);
              throw new IOException(reason);
            });
  }

  private OutputFile file() {
    return new OutputFile(
        directory.resolve("page.html"), List.of(directory.resolve("job.heaplight")), true);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import dev.heaplight.monitor.session.SessionDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFilesTest {
  @TempDir Path directory;
  private RecordingFiles files;
  private Path logs;

  @BeforeEach
  void nameSession() {
    files = new RecordingFiles(new SessionDirectory(directory.toString(), directory.toString()));
    logs = directory.resolve("logs");
  }

  @Test
  void fileIsNamedAfterScopeAndId() throws IOException {
    Path file = create("allocate_memory", "4711-1", null);
    assertEquals(logs.resolve("allocate_memory-4711-1.heaplight"), file);
    assertEquals(
        Files.size(file), RecordingReader.read(file, new RecordingVisitor() {}).usableBytes());
  }

  @Test
  void existingNamesGetANumberBehind() throws IOException {
    create("job", "1", null);
    assertEquals(logs.resolve("job-1-2.heaplight"), create("job", "1", null));
    assertEquals(logs.resolve("job-1-3.heaplight"), create("job", "1", null));
    Files.delete(logs.resolve("job-1-2.heaplight"));
    assertEquals(logs.resolve("job-1-2.heaplight"), create("job", "1", null));
  }

  @Test
  void hostileNamesStayInsideTheDirectory() throws IOException {
    assertEquals(
        logs.resolve("_._.._etc_passwd-_ssh.heaplight"), create("../../etc/passwd", ".ssh", null));
    assertEquals(logs.resolve("_.-_.heaplight"), create("..", "", null));
    assertEquals(logs.resolve("a_b-c__d.heaplight"), create("a\0b", "c\r\nd", null));
  }

  @Test
  void onlyPlainCharactersStay() {
    assertEquals("Az09_-.x", RecordingFiles.sanitised("Az09_-.x"));
    assertEquals("_.x", RecordingFiles.sanitised("..x"));
    assertEquals("_", RecordingFiles.sanitised(""));
    assertEquals("gr__er__", RecordingFiles.sanitised("größer\uD83D\uDE00"));
    assertEquals("a_b_c_d_e", RecordingFiles.sanitised("a/b\\c:d*e"));
    assertEquals("____", RecordingFiles.sanitised("$ \t'"));
  }

  @Test
  void longNamesAreCut() throws IOException {
    String longName = "n".repeat(1_000);
    assertEquals("n".repeat(120), RecordingFiles.sanitised(longName));
    Path file = create(longName, longName, null);
    assertEquals(
        "n".repeat(120) + "-" + "n".repeat(120) + ".heaplight", file.getFileName().toString());
  }

  @Test
  void destinationMayBeADirectory() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    assertEquals(other.resolve("job-1.heaplight"), create("job", "1", other.toString()));
    assertEquals(other.resolve("job-1-2.heaplight"), create("job", "1", other.toString()));
  }

  @Test
  void destinationMayBeANewFile() throws IOException {
    Path file = directory.resolve("mine.rec");
    assertEquals(file, create("job", "1", file.toString()));
  }

  @Test
  void existingFileIsNoDestination() throws IOException {
    Path file = Files.writeString(directory.resolve("mine.rec"), "precious");
    assertThrows(FileAlreadyExistsException.class, () -> create("job", "1", file.toString()));
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void missingDirectoryIsNotMade() {
    assertThrows(
        NoSuchFileException.class,
        () -> create("job", "1", directory.resolve("missing/mine.rec").toString()));
  }

  private Path create(String name, String id, @Nullable String destination) throws IOException {
    RecordingHeader header =
        new RecordingHeader(name, "task", id, Map.of(), "exact", 0, 1, "host", "jvm", "0");
    RecordingFiles.NewRecording recording = files.create(header, destination);
    recording.writer().close();
    return recording.file();
  }
}

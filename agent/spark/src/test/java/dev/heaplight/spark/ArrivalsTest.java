package dev.heaplight.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
  @TempDir private Path logs;
  private final List<Path> whole = new ArrayList<>();
  private Arrivals arrivals;

  @BeforeEach
  void begin() {
    arrivals = new Arrivals(logs, whole::add);
  }

  @Test
  void fileHasItsNameOnceItIsWhole() throws IOException {
    assertTrue(arrivals.take(part("a.heaplight", 0, "one ", false)));
    assertFalse(Files.exists(logs.resolve("a.heaplight")));
    assertTrue(arrivals.take(part("a.heaplight", 4, "two", true)));
    assertEquals("one two", Files.readString(logs.resolve("a.heaplight")));
    assertEquals(List.of(logs.resolve("a.heaplight")), whole);
    assertEquals(List.of("a.heaplight"), names());
  }

  @Test
  void fileThatComesAgainBeginsAnew() throws IOException {
    assertTrue(arrivals.take(part("a.heaplight", 0, "longer than the other", false)));
    assertTrue(arrivals.take(part("a.heaplight", 0, "short", true)));
    assertEquals("short", Files.readString(logs.resolve("a.heaplight")));
  }

  @Test
  void sameNameFromTwoExecutorsIsNotMixed() throws IOException {
    assertTrue(arrivals.take(part("a.heaplight", 0, "first", false)));
    assertTrue(arrivals.take(new RecordingPart("2", "a.heaplight", 0, "x".getBytes(UTF_8), false)));
    assertTrue(arrivals.take(part("a.heaplight", 5, " part", true)));
    assertEquals("first part", Files.readString(logs.resolve("a.heaplight")));
  }

  @Test
  void fileThatCameWholeBeforeIsTakenAndForgotten() throws IOException {
    assertTrue(arrivals.take(part("a.heaplight", 0, "one", true)));
    assertTrue(arrivals.take(new RecordingPart("2", "a.heaplight", 0, "x".getBytes(UTF_8), true)));
    assertEquals("one", Files.readString(logs.resolve("a.heaplight")));
    assertEquals(List.of("a.heaplight"), names());
    assertEquals(1, whole.size());
  }

  @Test
  void fileOfAnotherApplicationKeepsItsName() throws IOException {
    Files.writeString(logs.resolve("a.heaplight"), "before");
    assertTrue(arrivals.take(part("a.heaplight", 0, "now", true)));
    assertEquals("before", Files.readString(logs.resolve("a.heaplight")));
    assertEquals("now", Files.readString(logs.resolve("a-2.heaplight")));
    assertEquals(List.of(logs.resolve("a-2.heaplight")), whole);
  }

  @Test
  void partsWithoutAnEndAreTakenAway() throws IOException {
    assertTrue(arrivals.take(part("a.heaplight", 0, "one", false)));
    arrivals.end();
    assertEquals(List.of(), names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "a/b", "", ".hidden", "/etc/x", "a\u0000b", "a b"})
  void nameThatIsNoneIsRefused(String name) throws IOException {
    assertFalse(arrivals.take(part(name, 0, "x", true)));
    assertFalse(arrivals.take(new RecordingPart(name, "a.heaplight", 0, new byte[1], true)));
    assertEquals(List.of(), names());
    assertEquals(List.of(), whole);
  }

  @Test
  void partWithoutItsBeginningIsRefused() throws IOException {
    assertFalse(arrivals.take(part("a.heaplight", 7, "x", true)));
    assertEquals(List.of(), names());
  }

  private static RecordingPart part(String file, long offset, String text, boolean last) {
    return new RecordingPart("1", file, offset, text.getBytes(UTF_8), last);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}

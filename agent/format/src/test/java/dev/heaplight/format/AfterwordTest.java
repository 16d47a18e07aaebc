package dev.heaplight.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is appended to a recording after its end. */
class AfterwordTest {
  private static final LiveHeader LATER =
      new LiveHeader(LiveKind.SURVIVORS, 9000, 5, "ZGC Cycles", 7);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("sample.heaplight");
  }

  @Test
  void afterwordsFollowTheFooterOneByOne() throws IOException {
    SampleRecording.write(file);
    Afterword.append(file, snapshot(1, 2048));
    Afterword.append(file, snapshot(0, 0));
    ReadRecording read = ReadRecording.of(file);
    assertEquals(
        List.of(
            LATER.toString(),
            "live 4 com.acme.Job of 2048 bytes on main#1 at com.acme.Job.run(Job.java:17)",
            "live end",
            LATER.toString(),
            "live end"),
        read.events().subList(SampleRecording.EVENTS.size(), read.events().size()));
    assertEquals(new ReadOutcome(true, Files.size(file), 0), read.outcome());
  }

  @Test
  void truncatedAfterwordLeavesTheRecordingComplete() throws IOException {
    SampleRecording.write(file);
    long closedBytes = Files.size(file);
    Afterword.append(file, snapshot(1, 2048));
    byte[] whole = Files.readAllBytes(file);
    for (int length = (int) closedBytes; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      ReadRecording read = ReadRecording.of(file);
      assertEquals(SampleRecording.EVENTS, read.events());
      assertEquals(new ReadOutcome(true, closedBytes, length - closedBytes), read.outcome());
    }
  }

  @Test
  void afterwordLargerThanABlockIsSplit() throws IOException {
    int entries = 1_300_000;
    SampleRecording.write(file);
    Afterword.append(file, snapshot(entries, 1L << 60));
    LiveCounts counts = LiveCounts.of(file);
    assertEquals(List.of(LATER), counts.whole());
    assertEquals(entries, counts.entries());
    assertTrue(LiveCounts.blocksIn(file) > 1);
  }

  @Test
  void numbersTheRecordingDoesNotHaveAreCorrupt() throws IOException {
    SampleRecording.write(file);
    long offset = Files.size(file);
    int[] none = {99};
    Afterword.append(file, new LiveSnapshot(LATER, none, none, none, new long[1], new long[1]));
    CorruptRecordingException corrupt =
        assertThrows(CorruptRecordingException.class, () -> ReadRecording.of(file));
    assertEquals(offset, corrupt.offset());
  }

  @Test
  void recordingThatIsGoneIsNotMadeAgain() {
    NoSuchFileException gone =
        assertThrows(NoSuchFileException.class, () -> Afterword.append(file, snapshot(1, 1)));
    assertEquals(file.toString(), gone.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void linkInTheRecordingsPlaceIsNotFollowed() throws IOException {
    Path target = directory.resolve("target.heaplight");
    SampleRecording.write(target);
    byte[] before = Files.readAllBytes(target);
    Files.createSymbolicLink(file, target);
    assertThrows(NoSuchFileException.class, () -> Afterword.append(file, snapshot(1, 1)));
    assertArrayEquals(before, Files.readAllBytes(target));
  }

  @Test
  void fileOfAnotherKindIsLeftAsItWas() throws IOException {
    for (String text : List.of("", "short", "a text of more than the twenty bytes of a header")) {
      Files.writeString(file, text);
      assertThrows(NotARecordingException.class, () -> Afterword.append(file, snapshot(1, 1)));
      assertEquals(text, Files.readString(file));
    }
  }

  @Test
  void recordingOfAnotherVersionIsLeftAsItWas() throws IOException {
    new HandmadeFile().header(2, 0, new byte[0]).writeTo(file);
    long before = Files.size(file);
    assertThrows(UnsupportedVersionException.class, () -> Afterword.append(file, snapshot(1, 1)));
    assertEquals(before, Files.size(file));
  }

  @Test
  void columnsOfDifferentLengthAreRefused() {
    int[] two = new int[2];
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new LiveSnapshot(LATER, two, two, new int[1], new long[2], new long[3]));
    assertEquals(
        "columns of a live snapshot differ in length: stacks=2, classNames=2, threads=1,"
            + " objects=2, bytes=3",
        refused.getMessage());
  }

  /** Entries that are all the same, at the first stack and thread of the sample. */
  private static LiveSnapshot snapshot(int entries, long bytes) {
    int[] stacks = new int[entries];
    Arrays.fill(stacks, 1);
    long[] objects = new long[entries];
    Arrays.fill(objects, 4);
    long[] bytesOfEntries = new long[entries];
    Arrays.fill(bytesOfEntries, bytes);
    return new LiveSnapshot(
        LATER, stacks, new int[entries], new int[entries], objects, bytesOfEntries);
  }
}

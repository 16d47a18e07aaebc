package dev.heaplight.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingWriterTest {
  private static final Progress START = new Progress(0, 0, 0, 0, 0, 1);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("sample.heaplight");
  }

  @Test
  void finishedRecordingComesBackWhole() throws IOException {
    SampleRecording.write(file);
    ReadRecording read = ReadRecording.of(file);
    assertEquals(SampleRecording.EVENTS, read.events());
    assertEquals(SampleRecording.HEADER, read.header());
    assertEquals(
        List.of("attempt", "dataset", "empty"), List.copyOf(read.header().attributes().keySet()));
    assertEquals(new ReadOutcome(true, Files.size(file), 0), read.outcome());
  }

  @Test
  void tablesHoldEachEntryOnce() throws IOException {
    SampleRecording.write(file);
    Dictionary tables = ReadRecording.of(file).dictionary();
    assertEquals(4, tables.frameCount());
    assertEquals(1 + 4, tables.stackCount());
    assertEquals(2, tables.threadCount());
    assertEquals(13, tables.stringCount());
  }

  @Test
  void knownEntriesKeepTheirNumbers() throws IOException {
    try (RecordingWriter writer = RecordingWriter.create(file, SampleRecording.HEADER)) {
      Frame frame = new Frame("A", "a", "A.java", 1);
      int number = writer.frame(frame);
      int stack = writer.stack(Dictionary.EMPTY_STACK, number);
      int string = writer.string("byte[]");
      writer.flush(START);
      assertEquals(number, writer.frame(new Frame("A", "a", "A.java", 1)));
      assertEquals(stack, writer.stack(Dictionary.EMPTY_STACK, number));
      assertEquals(string, writer.string("byte[]"));
    }
  }

  @Test
  void recordingWithoutItsEndIsReadableAndIncomplete() throws IOException {
    try (RecordingWriter writer = RecordingWriter.create(file, SampleRecording.HEADER)) {
      allocate(writer, "first", 24);
      writer.flush(new Progress(10, 24, 0, 1, 0, 1));
      allocate(writer, "never flushed", 48);
    }
    ReadRecording read = ReadRecording.of(file);
    assertEquals(new ReadOutcome(false, Files.size(file), 0), read.outcome());
    assertEquals(
        List.of(
            SampleRecording.EVENTS.get(0),
            "slice 0..10",
            "1 first of 24 bytes on main#1 at ",
            "Progress[elapsedMillis=10, jvmAllocatedBytes=24, gcCount=0, samples=1,"
                + " agentBytes=0, samplingIntervalBytes=1]"),
        read.events());
  }

  @Test
  void recordingIsReadableAfterItsHeader() throws IOException {
    try (RecordingWriter writer = RecordingWriter.create(file, SampleRecording.HEADER)) {
      ReadRecording read = ReadRecording.of(file);
      assertEquals(List.of(SampleRecording.HEADER.toString()), read.events());
      assertEquals(new ReadOutcome(false, Files.size(file), 0), read.outcome());
      writer.flush(START);
    }
  }

  @Test
  void reasonOfTheEndComesBack() throws IOException {
    RecordingWriter.create(file, SampleRecording.HEADER).finish(START, "jvm-exit");
    assertEquals(
        "Footer[durationMillis=0, allocatedBytes=0, allocatedObjects=0, endReason=jvm-exit]",
        ReadRecording.of(file).events().get(2));
  }

  @Test
  void clockThatWentBackGivesAnEmptySlice() throws IOException {
    try (RecordingWriter writer = RecordingWriter.create(file, SampleRecording.HEADER)) {
      writer.flush(new Progress(100, 0, 0, 0, 0, 1));
      allocate(writer, "late", 16);
      writer.flush(new Progress(90, 0, 0, 0, 0, 1));
    }
    assertEquals("slice 100..100", ReadRecording.of(file).events().get(2));
  }

  @Test
  void existingFileIsLeftAsItWas() throws IOException {
    Files.writeString(file, "precious");
    assertThrows(
        FileAlreadyExistsException.class,
        () -> RecordingWriter.create(file, SampleRecording.HEADER));
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void linkInTheWayIsNotFollowed() throws IOException {
    Path target = directory.resolve("target");
    Files.createSymbolicLink(file, target);
    assertThrows(
        FileAlreadyExistsException.class,
        () -> RecordingWriter.create(file, SampleRecording.HEADER));
    assertFalse(Files.exists(target));
  }

  @Test
  void fileIsReadableByItsOwnerAlone() throws IOException {
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
    SampleRecording.write(file);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void headerTooLargeToReadBackIsRefused() {
    RecordingHeader large =
        new RecordingHeader(
            "n", "task", "1", Map.of("sql", "x".repeat(1 << 20)), "exact", 0, 1, "h", "j", "0");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> RecordingWriter.create(file, large));
    assertEquals("recording header too large: bytes=1048607, limit=1048576", refused.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void interruptedThreadWritesWholeRecordingAndStaysInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    try {
      SampleRecording.write(file);
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      boolean cleared = Thread.interrupted();
      assertTrue(cleared);
    }
    assertEquals(SampleRecording.EVENTS, ReadRecording.of(file).events());
  }

  @Test
  void largePayloadIsDeflated() throws IOException {
    int entries = 100_000;
    Random random = new Random(1);
    long sum = 0;
    RecordingWriter writer = RecordingWriter.create(file, SampleRecording.HEADER);
    int type = writer.string("java.lang.Object");
    int thread = writer.thread(1, "main");
    for (int i = 0; i < entries; i++) {
      long bytes = 16L * random.nextInt(50);
      sum += bytes;
      writer.allocation(Dictionary.EMPTY_STACK, type, thread, 1, bytes);
    }
    writer.finish(START, "closed");
    assertTrue(Files.size(file) < 5 * entries / 2, "size=" + Files.size(file));
    ReadRecording read = ReadRecording.of(file);
    assertTrue(read.outcome().complete());
    assertEquals(1 + 1 + entries + 1 + 1, read.events().size());
    assertEquals(
        "Footer[durationMillis=0, allocatedBytes="
            + sum
            + ", allocatedObjects=100000,"
            + " endReason=closed]",
        read.events().get(entries + 3));
  }

  @Test
  void whatWouldInflateTooMuchIsStored() throws IOException {
    int entries = 100_000;
    RecordingWriter writer = RecordingWriter.create(file, SampleRecording.HEADER);
    int type = writer.string("java.lang.Object");
    int thread = writer.thread(1, "main");
    for (int i = 0; i < entries; i++) {
      writer.allocation(Dictionary.EMPTY_STACK, type, thread, 1, 16);
    }
    writer.finish(START, "closed");
    assertTrue(Files.size(file) >= 5L * entries, "size=" + Files.size(file));
    assertTrue(ReadRecording.of(file).outcome().complete());
  }

  @Test
  void flushLargerThanABlockIsSplit() throws IOException {
    int entries = 2_000_000;
    RecordingWriter writer = RecordingWriter.create(file, SampleRecording.HEADER);
    int type = writer.string("java.lang.Object");
    int thread = writer.thread(1, "main");
    for (int i = 0; i < entries; i++) {
      writer.allocation(Dictionary.EMPTY_STACK, type, thread, Integer.MAX_VALUE, 1L << 40);
    }
    writer.finish(START, "closed");
    Slices slices = new Slices();
    assertTrue(RecordingReader.read(file, slices).complete());
    assertEquals(2, slices.count);
    assertEquals(entries, slices.entries);
  }

  @Test
  void largeTablesOfFewEntriesAreSplit() throws IOException {
    int names = 80;
    RecordingWriter writer = RecordingWriter.create(file, SampleRecording.HEADER);
    int thread = writer.thread(1, "main");
    String filling = "x".repeat(1 << 20);
    for (int i = 0; i < names; i++) {
      writer.allocation(Dictionary.EMPTY_STACK, writer.string(filling + i), thread, 1, 16);
    }
    writer.finish(START, "closed");
    Slices slices = new Slices();
    assertTrue(RecordingReader.read(file, slices).complete());
    assertEquals(names, slices.entries);
  }

  private static final class Slices implements RecordingVisitor {
    private int count;
    private long entries;

    @Override
    public void slice(long startMillis, long endMillis) {
      count++;
    }

    @Override
    public void allocation(int stack, int className, int thread, long objects, long bytes) {
      entries++;
    }
  }

  private static void allocate(RecordingWriter writer, String className, long bytes) {
    writer.allocation(
        Dictionary.EMPTY_STACK, writer.string(className), writer.thread(1, "main"), 1, bytes);
  }
}

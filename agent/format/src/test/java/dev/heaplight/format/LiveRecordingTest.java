package dev.heaplight.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live objects, collections, memory and off-heap memory in a recording. */
class LiveRecordingTest {
  private static final LiveHeader PEAK = new LiveHeader(LiveKind.PEAK, 10, 2, "G1", 3);
  private static final Progress PROGRESS = new Progress(20, 0, 0, 0, 0, 1);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("live.heaplight");
  }

  @Test
  void finishedRecordingAndItsAfterwordComeBackWhole() throws IOException {
    LiveSampleRecording.write(file);
    ReadRecording read = ReadRecording.of(file);
    assertEquals(LiveSampleRecording.EVENTS, read.events());
    assertEquals(new ReadOutcome(true, Files.size(file), 0), read.outcome());
  }

  @Test
  void compositionLargerThanABlockIsSplitAndPutTogether() throws IOException {
    int entries = 1_300_000;
    try (RecordingWriter writer = writer()) {
      int thread = writer.thread(1, "main");
      int className = writer.string("java.lang.Object");
      writer.beginLive(PEAK);
      for (int i = 0; i < entries; i++) {
        writer.liveEntry(Dictionary.EMPTY_STACK, className, thread, 1, 1L << 60);
      }
      writer.endLive();
      writer.flush(PROGRESS);
    }
    LiveCounts counts = LiveCounts.of(file);
    assertEquals(List.of(PEAK), counts.begun());
    assertEquals(List.of(PEAK), counts.whole());
    assertEquals(entries, counts.entries());
    assertTrue(LiveCounts.blocksIn(file) > 1);
  }

  @Test
  void largeNamesOfFewEntriesAreSplit() throws IOException {
    String filling = "x".repeat(1 << 20);
    try (RecordingWriter writer = writer()) {
      int thread = writer.thread(1, "main");
      writer.beginLive(PEAK);
      for (int i = 0; i < 80; i++) {
        writer.liveEntry(Dictionary.EMPTY_STACK, writer.string(filling + i), thread, 1, 16);
        writer.offHeap(Dictionary.EMPTY_STACK, "direct", thread, 1, 16, 0, 0);
      }
      writer.endLive();
      writer.flush(PROGRESS);
    }
    assertEquals(80, LiveCounts.of(file).entries());
    assertEquals(List.of(PEAK), LiveCounts.of(file).whole());
  }

  @Test
  void compositionCutBetweenItsPartsHasNoEnd() throws IOException {
    HandmadeFile handmade = HandmadeFile.withHeader().block(5, live(1, 2, 2));
    assertEquals(List.of(PEAK.toString()), eventsOf(handmade));
    handmade.block(5, live(1, 2, 3));
    assertEquals(List.of(PEAK.toString()), eventsOf(handmade));
    handmade.block(5, live(1, 2, 1));
    assertEquals(List.of(PEAK.toString(), "live end"), eventsOf(handmade));
  }

  @Test
  void newCompositionGivesAnUnfinishedOneUp() throws IOException {
    HandmadeFile handmade =
        HandmadeFile.withHeader().block(5, live(1, 2, 2)).block(5, live(1, 2, 0));
    assertEquals(List.of(PEAK.toString(), PEAK.toString(), "live end"), eventsOf(handmade));
  }

  @Test
  void partThatContinuesNothingIsCorrupt() throws IOException {
    assertCorrupt(
        HandmadeFile.withHeader(),
        5,
        live(1, 2, 1),
        "a first part",
        "a later part of another composition");
    assertCorrupt(
        HandmadeFile.withHeader().block(5, live(1, 2, 0)),
        5,
        live(1, 2, 1),
        "a first part",
        "a later part of another composition");
  }

  @Test
  void partOfAnotherCompositionIsCorrupt() throws IOException {
    assertCorrupt(
        HandmadeFile.withHeader().block(5, live(1, 2, 2)),
        5,
        live(1, 3, 1),
        "the next part of an unfinished composition",
        "a later part of another composition");
  }

  @Test
  void unknownKindsAndFlagsAreCorrupt() throws IOException {
    assertCorrupt(HandmadeFile.withHeader(), 5, live(0, 2, 0), "a live kind of 1 to 3", "0");
    assertCorrupt(HandmadeFile.withHeader(), 5, live(4, 2, 0), "a live kind of 1 to 3", "4");
    assertCorrupt(
        HandmadeFile.withHeader(),
        5,
        live(-1, 2, 0),
        "a live kind of 1 to 3",
        "18446744073709551615");
    assertCorrupt(HandmadeFile.withHeader(), 5, live(1, 2, 4), "part flags of 0 to 3", "4");
  }

  @Test
  void countsOfMoreThanTheRestAreCorrupt() throws IOException {
    PayloadWriter live = live(1, 2, 0);
    byte[] claims = HandmadeFile.contentOf(live);
    PayloadWriter more = new PayloadWriter();
    for (int i = 0; i < claims.length - 1; i++) {
      more.unsigned(claims[i]);
    }
    more.unsigned(1_000_000_000);
    assertCorrupt(HandmadeFile.withHeader(), 5, more, "entry count of at most 0", "1000000000");
    assertCorrupt(HandmadeFile.withHeader(), 6, values(3), "collection count of at most 0", "3");
    assertCorrupt(HandmadeFile.withHeader(), 7, values(-1), "sample count of at most 0", UNSIGNED);
    assertCorrupt(HandmadeFile.withHeader(), 8, values(0, 0, 9), "entry count of at most 0", "9");
    assertCorrupt(HandmadeFile.withHeader(), 9, values(5), "lifetime count of at most 0", "5");
  }

  private static final String UNSIGNED = "18446744073709551615";

  @Test
  void valuesOutOfRangeAreCorrupt() throws IOException {
    assertCorrupt(HandmadeFile.withHeader(), 6, values(1, 0, 0), "string below 0", "0");
    assertCorrupt(HandmadeFile.withHeader(), 7, values(1, -1), "a total of 0 or more", "-1");
    assertCorrupt(HandmadeFile.withHeader(), 8, values(0, 0, 1, 7), "stack below 1", "7");
    assertCorrupt(
        HandmadeFile.withHeader(),
        9,
        values(1, 0, 63, 1, 1),
        "logarithm of milliseconds below 63",
        "63");
    assertCorrupt(HandmadeFile.withHeader(), 10, values(-1), "a figure of -1 or more", "-2");
    assertCorrupt(
        HandmadeFile.withHeader(), 10, values(0, 0, 0, 0), "end of block", "1 more bytes");
  }

  @Test
  void figuresBelowTheirRangeAreStillReadable() throws IOException {
    try (RecordingWriter writer = writer()) {
      writer.collection(new GcPoint(-5, "G1", -7, -7, -7));
      writer.memory(new MemorySample(-5, -2, -2, -2, -2, -2, -2));
      writer.agent(new AgentCost(-9, -9, -9));
      writer.offHeap(Dictionary.EMPTY_STACK, "direct", writer.thread(1, "main"), -1, -1, -1, -1);
      writer.beginLive(new LiveHeader(LiveKind.PEAK, -1, -1, "", -1));
      writer.endLive();
      writer.flush(PROGRESS);
    }
    List<String> events = ReadRecording.of(file).events();
    assertTrue(events.contains(new GcPoint(0, "G1", -1, -1, -1).toString()), events.toString());
    assertTrue(events.contains(new AgentCost(-1, -1, -1).toString()), events.toString());
  }

  @Test
  void compositionGivenUpByTheWriterIsNotInTheFile() throws IOException {
    try (RecordingWriter writer = writer()) {
      writer.beginLive(new LiveHeader(LiveKind.SURVIVORS, 1, 1, "G1", 1));
      writer.liveEntry(Dictionary.EMPTY_STACK, 0, 0, 1, 1);
      writer.beginLive(PEAK);
      writer.endLive();
      writer.flush(PROGRESS);
    }
    LiveCounts counts = LiveCounts.of(file);
    assertEquals(List.of(PEAK), counts.begun());
    assertEquals(0, counts.entries());
  }

  @Test
  void entryOutsideACompositionIsRefused() throws IOException {
    try (RecordingWriter writer = writer()) {
      for (IllegalStateException refused :
          List.of(
              assertThrows(IllegalStateException.class, () -> writer.liveEntry(0, 0, 0, 1, 1)),
              assertThrows(IllegalStateException.class, writer::endLive))) {
        assertEquals("no composition of live objects was begun", refused.getMessage());
      }
    }
  }

  private RecordingWriter writer() throws IOException {
    return RecordingWriter.create(file, SampleRecording.HEADER);
  }

  private List<String> eventsOf(HandmadeFile handmade) throws IOException {
    handmade.writeTo(file);
    List<String> events = ReadRecording.of(file).events();
    return events.subList(1, events.size());
  }

  private void assertCorrupt(
      HandmadeFile handmade, int type, PayloadWriter payload, String expected, String actual)
      throws IOException {
    int offset = handmade.size();
    handmade.block(type, payload).writeTo(file);
    CorruptRecordingException corrupt =
        assertThrows(CorruptRecordingException.class, () -> ReadRecording.of(file));
    assertEquals(
        "corrupt recording: file="
            + file
            + ", offset="
            + offset
            + ", expected="
            + expected
            + ", actual="
            + actual,
        corrupt.getMessage());
  }

  /** A part without entries of a composition that is {@link #PEAK} for kind 1 and collection 2. */
  private static PayloadWriter live(long kind, long collection, int part) {
    PayloadWriter payload = new PayloadWriter();
    payload.unsigned(kind);
    payload.unsigned(10);
    payload.unsigned(collection);
    payload.string("G1");
    payload.unsigned(3);
    payload.unsigned(part);
    payload.unsigned(0);
    return payload;
  }

  private static PayloadWriter values(long... values) {
    PayloadWriter payload = new PayloadWriter();
    for (long value : values) {
      payload.unsigned(value);
    }
    return payload;
  }

  @Test
  void partsOfMemoryComeBackAsWritten() throws IOException {
    MemoryParts first = new MemoryParts(10, 1, 2, 3, 4, 5, 6, 7);
    long unknown = Progress.UNKNOWN;
    MemoryParts second = new MemoryParts(20, unknown, 0, unknown, unknown, unknown, 1L << 50, 0);
    try (RecordingWriter writer = RecordingWriter.create(file, SampleRecording.HEADER)) {
      writer.memoryParts(first);
      writer.memoryParts(second);
      writer.flush(new Progress(30, 0, 0, 0, 0, 1));
    }
    List<String> events = ReadRecording.of(file).events();
    assertEquals(List.of(first.toString(), second.toString()), events.subList(1, 3));
  }
}

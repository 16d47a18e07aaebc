package dev.heaplight.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingReaderTest {
  private static final int UNKNOWN_TYPE = 12;
  private static final long ALLOCATION_LIMIT_BYTES = 1 << 20;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("sample.heaplight");
  }

  @Test
  void emptyFileIsNotARecording() throws IOException {
    Files.createFile(file);
    assertFailsAs(
        NotARecordingException.class,
        "not a Heaplight recording: file=" + file + ", actual=an empty file");
  }

  @Test
  void textFileIsNotARecording() throws IOException {
    Files.writeString(file, "name,bytes\nallocate_memory,17\n");
    assertFailsAs(
        NotARecordingException.class,
        "not a Heaplight recording: file=" + file + ", actual=a file of another kind");
  }

  @Test
  void shortTextFileIsOfAnotherKind() throws IOException {
    Files.writeString(file, "abc");
    assertFailsAs(
        NotARecordingException.class,
        "not a Heaplight recording: file=" + file + ", actual=a file of another kind");
  }

  @Test
  void beginningOfARecordingIsTooShort() throws IOException {
    Files.write(file, Arrays.copyOf(RecordingLayout.magic(), 3));
    assertFailsAs(
        NotARecordingException.class,
        "not a Heaplight recording: file=" + file + ", actual=a file of only 3 bytes");
  }

  @Test
  void recordingCutInsideItsHeaderSaysSo() throws IOException {
    SampleRecording.write(file);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 21));
    assertFailsAs(
        NotARecordingException.class,
        "not a Heaplight recording: file=" + file + ", actual=a file that ends inside its header");
  }

  @Test
  void transferInTextModeIsNoticed() throws IOException {
    SampleRecording.write(file);
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    Files.writeString(file, text.replace("\r\n", "\n"), StandardCharsets.ISO_8859_1);
    assertFailsAs(
        NotARecordingException.class,
        "not a Heaplight recording: file=" + file + ", actual=a file of another kind");
  }

  @Test
  void skimmingFindsTheSameFigures() throws IOException {
    LiveSampleRecording.write(file);
    List<Object> all = new ArrayList<>();
    List<Object> skimmed = new ArrayList<>();
    ReadOutcome outcome = RecordingReader.read(file, figures(all));
    assertEquals(outcome, RecordingReader.skim(file, figures(skimmed)));
    assertEquals(all, skimmed);
    assertTrue(all.size() > 10, all.toString());
    skimmed.clear();
    assertEquals(outcome, RecordingReader.readFigures(file, figures(skimmed)));
    assertEquals(all, skimmed);
  }

  @Test
  void readingFiguresFindsEachChangedByte() throws IOException {
    LiveSampleRecording.write(file);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 0x55;
      Files.write(file, bytes);
      bytes[i] ^= 0x55;
      assertThrows(
          RecordingException.class,
          () -> RecordingReader.readFigures(file, figures(new ArrayList<>())),
          "byte " + i);
    }
  }

  @Test
  void skimmingATruncatedFileHasTheSameOutcome() throws IOException {
    LiveSampleRecording.write(file);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = bytes.length; length > 400; length -= 7) {
      Files.write(file, Arrays.copyOf(bytes, length));
      List<Object> all = new ArrayList<>();
      List<Object> skimmed = new ArrayList<>();
      ReadOutcome outcome = RecordingReader.read(file, figures(all));
      assertEquals(outcome, RecordingReader.skim(file, figures(skimmed)));
      assertEquals(all, skimmed);
    }
  }

  private static RecordingVisitor figures(List<Object> figures) {
    return new RecordingVisitor() {
      @Override
      public void header(RecordingHeader header, Dictionary dictionary) {
        figures.add(header);
      }

      @Override
      public void progress(Progress progress) {
        figures.add(progress);
      }

      @Override
      public void live(LiveHeader header) {
        figures.add(header);
      }

      @Override
      public void liveEntry(int stack, int className, int thread, long objects, long bytes) {
        figures.add(List.of(stack, className, thread, objects, bytes));
      }

      @Override
      public void liveEnd() {
        figures.add("end");
      }

      @Override
      public void memory(MemorySample sample) {
        figures.add(sample);
      }

      @Override
      public void offHeap(
          int stack,
          int kind,
          int thread,
          long takenObjects,
          long takenBytes,
          long freedObjects,
          long freedBytes) {
        figures.add(
            List.of(stack, kind, thread, takenObjects, takenBytes, freedObjects, freedBytes));
      }

      @Override
      public void footer(Footer footer) {
        figures.add(footer);
      }
    };
  }

  @Test
  void missingFileIsNoRecordingProblem() {
    assertThrows(NoSuchFileException.class, () -> ReadRecording.of(file));
  }

  @Test
  void newerVersionIsTooNew() throws IOException {
    new HandmadeFile().header(2, 0, new byte[0]).writeTo(file);
    UnsupportedVersionException refused =
        assertFailsAs(
            UnsupportedVersionException.class,
            "recording is too new: file="
                + file
                + ", offset=8, expected version=1, actual version=2");
    assertEquals(2, refused.version());
    assertEquals(file.toString(), refused.file());
  }

  @Test
  void laterVersionTellsWhoWroteIt() throws IOException {
    PayloadWriter payload = HeaderPayload.of(SampleRecording.HEADER);
    payload.string("what a later version adds");
    byte[] content = HandmadeFile.contentOf(payload);
    new HandmadeFile().header(7, content.length, content).writeTo(file);
    UnsupportedVersionException refused =
        assertThrows(UnsupportedVersionException.class, () -> ReadRecording.of(file));
    assertEquals(SampleRecording.HEADER.agentVersion(), refused.writer());
  }

  @Test
  void dictionaryMadeInMemoryHasNoBound() {
    DictionaryBuilder builder = new DictionaryBuilder();
    for (int i = 0; i < 400_000; i++) {
      int unused = builder.string("name " + i);
    }
    assertEquals(400_000, builder.dictionary().stringCount());
  }

  @Test
  void olderVersionIsTooOld() throws IOException {
    new HandmadeFile().header(0, 0, new byte[0]).writeTo(file);
    assertFailsAs(
        UnsupportedVersionException.class,
        "recording is too old: file=" + file + ", offset=8, expected version=1, actual version=0");
  }

  @Test
  void highestVersionIsNotNegative() throws IOException {
    new HandmadeFile().header(0xFFFF, 0, new byte[0]).writeTo(file);
    assertFailsAs(
        UnsupportedVersionException.class,
        "recording is too new: file="
            + file
            + ", offset=8, expected version=1, actual version=65535");
  }

  @Test
  void blockOfUnknownTypeIsPassedOver() throws IOException {
    HandmadeFile handmade =
        HandmadeFile.withHeader()
            .block(UNKNOWN_TYPE, payload("from a later writer"))
            .block(RecordingLayout.TYPE_NOTE, payload("known"));
    handmade.writeTo(file);
    ReadRecording read = ReadRecording.of(file);
    assertEquals(List.of("note known"), read.events().subList(1, read.events().size()));
    assertEquals(new ReadOutcome(false, handmade.size(), 0), read.outcome());
  }

  @Test
  void blockAfterTheFooterIsCorrupt() throws IOException {
    HandmadeFile handmade = HandmadeFile.withHeader().block(15, footer(0, 0));
    int offset = handmade.size();
    handmade.block(RecordingLayout.TYPE_NOTE, payload("late")).writeTo(file);
    CorruptRecordingException corrupt =
        assertFailsAs(
            CorruptRecordingException.class,
            corruptAt(offset, "end of file or a live block", "a block of type 4"));
    assertEquals(offset, corrupt.offset());
  }

  @Test
  void bytesAfterTheFooterAreATruncatedAfterword() throws IOException {
    HandmadeFile handmade = HandmadeFile.withHeader().block(15, footer(0, 0));
    handmade.writeTo(file);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), handmade.size() + 7));
    assertEquals(new ReadOutcome(true, handmade.size(), 7), ReadRecording.of(file).outcome());
  }

  @Test
  void footerThatDisagreesWithTheEntriesIsCorrupt() throws IOException {
    HandmadeFile handmade = HandmadeFile.withHeader();
    int offset = handmade.size();
    handmade.block(RecordingLayout.TYPE_FOOTER, footer(17, 1)).writeTo(file);
    assertFailsAs(
        CorruptRecordingException.class,
        corruptAt(offset, "17 bytes in 1 objects", "0 bytes in 0 objects"));
  }

  @Test
  void entryOfAnUnknownStackIsCorrupt() throws IOException {
    HandmadeFile handmade = HandmadeFile.withHeader();
    int offset = handmade.size();
    PayloadWriter payload = new PayloadWriter();
    for (int value : new int[] {0, 10, 1, 1, 0, 0, 1, 16}) {
      payload.unsigned(value);
    }
    handmade.block(RecordingLayout.TYPE_ALLOCATIONS, payload).writeTo(file);
    assertFailsAs(CorruptRecordingException.class, corruptAt(offset, "stack below 1", "1"));
  }

  @Test
  void bytesBehindABlocksLastValueAreCorrupt() throws IOException {
    HandmadeFile handmade = HandmadeFile.withHeader();
    int offset = handmade.size();
    PayloadWriter payload = payload("note");
    payload.unsigned(0);
    handmade.block(RecordingLayout.TYPE_NOTE, payload).writeTo(file);
    assertFailsAs(
        CorruptRecordingException.class, corruptAt(offset, "end of block", "1 more bytes"));
  }

  @Test
  void deflatedBlockOfFewerBytesThanClaimedIsCorrupt() throws IOException {
    HandmadeFile handmade = HandmadeFile.withHeader();
    int offset = handmade.size();
    byte[] emptyStream = {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1};
    handmade.block(RecordingLayout.TYPE_NOTE, 1, emptyStream.length, 100, emptyStream);
    handmade.writeTo(file);
    assertFailsAs(
        CorruptRecordingException.class, corruptAt(offset, "100 raw bytes", "0 raw bytes"));
  }

  @Test
  void bytesThatDoNotInflateAreCorrupt() throws IOException {
    HandmadeFile handmade = HandmadeFile.withHeader();
    int offset = handmade.size();
    handmade.block(RecordingLayout.TYPE_NOTE, 1, 4, 100, new byte[] {1, 2, 3, 4}).writeTo(file);
    assertFailsAs(
        CorruptRecordingException.class,
        corruptAt(
            offset, "deflated bytes", "java.util.zip.DataFormatException: incorrect header check"));
  }

  @Test
  void blockThatClaimsTooMuchIsCorrupt() throws IOException {
    HandmadeFile handmade = HandmadeFile.withHeader();
    int offset = handmade.size();
    handmade.block(RecordingLayout.TYPE_NOTE, 0, -1, 0, new byte[0]).writeTo(file);
    assertFailsAs(
        CorruptRecordingException.class,
        corruptAt(offset, "a block of at most 67108864 bytes", "4294967295"));
  }

  @Test
  void fileHeaderThatClaimsTooMuchIsCorrupt() throws IOException {
    new HandmadeFile().header(1, (1 << 20) + 1, new byte[0]).writeTo(file);
    assertFailsAs(
        CorruptRecordingException.class,
        corruptAt(0, "a header of at most 1048576 bytes", "1048577"));
  }

  @Test
  void damagedPayloadSaysWhichChecksum() throws IOException {
    HandmadeFile handmade = HandmadeFile.withHeader();
    int offset = handmade.size();
    handmade.block(RecordingLayout.TYPE_NOTE, payload("note")).writeTo(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertFailsAs(
        CorruptRecordingException.class,
        corruptAt(offset, "block payload checksum 24d1e139", "d6ba623a"));
  }

  @Test
  void claimedLengthIsNotAllocatedBeforeItIsThere() throws IOException {
    HandmadeFile handmade = HandmadeFile.withHeader();
    int offset = handmade.size();
    int claimed = RecordingLayout.MAX_BLOCK_BYTES;
    handmade.block(RecordingLayout.TYPE_NOTE, 0, claimed, claimed, new byte[10]).writeTo(file);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ReadRecording first = ReadRecording.of(file);
    long before = threads.getCurrentThreadAllocatedBytes();
    ReadRecording read = ReadRecording.of(file);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < ALLOCATION_LIMIT_BYTES, "allocated=" + allocated);
    assertEquals(new ReadOutcome(false, offset, 30), read.outcome());
    assertEquals(first.outcome(), read.outcome());
  }

  private <T extends RecordingException> T assertFailsAs(Class<T> type, String message) {
    T thrown = assertThrows(type, () -> ReadRecording.of(file));
    assertEquals(message, thrown.getMessage());
    return thrown;
  }

  private String corruptAt(int offset, String expected, String actual) {
    return "corrupt recording: file="
        + file
        + ", offset="
        + offset
        + ", expected="
        + expected
        + ", actual="
        + actual;
  }

  private static PayloadWriter payload(String text) {
    PayloadWriter payload = new PayloadWriter();
    payload.string(text);
    return payload;
  }

  private static PayloadWriter footer(long bytes, long objects) {
    PayloadWriter payload = new PayloadWriter();
    payload.unsigned(5);
    payload.unsigned(bytes);
    payload.unsigned(objects);
    payload.string("closed");
    return payload;
  }
}

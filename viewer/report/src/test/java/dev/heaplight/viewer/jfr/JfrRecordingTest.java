package dev.heaplight.viewer.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.CorruptRecordingException;
import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.format.NotARecordingException;
import dev.heaplight.format.RecordingException;
import dev.heaplight.viewer.input.ModelReader;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrRecordingTest {
  @TempDir private Path directory;

  @Test
  void samplesWeighWhatTheJdkSays() throws IOException {
    Path file = FlightRecording.record(directory.resolve("job.jfr"), FlightRecording.SAMPLE);
    assertEquals(bytesByClass(file), bytesByClass(read(file)));
    assertTrue(bytesByClass(file).containsKey("byte[]"));
  }

  @Test
  void classesAreNamedAsInSource() {
    assertEquals("byte[]", SymbolText.allocatedClass("[B"));
    assertEquals("long[][]", SymbolText.allocatedClass("[[J"));
    assertEquals("java.lang.Object[][]", SymbolText.allocatedClass("[[Ljava.lang.Object;"));
    assertEquals("java.util.Map$Entry", SymbolText.allocatedClass("java.util.Map$Entry"));
    assertEquals("[unknown]", SymbolText.allocatedClass(""));
  }

  @Test
  void allChunksCount() throws IOException {
    Path file = FlightRecording.recordInChunks(directory.resolve("job.jfr"));
    assertTrue(chunks(file).size() > 1);
    assertEquals(bytesByClass(file), bytesByClass(read(file)));
  }

  @Test
  void buffersOfTheJdkWeighTheirWholeSize() throws IOException {
    Path file =
        FlightRecording.record(
            directory.resolve("job.jfr"),
            FlightRecording.NEW_BUFFER,
            FlightRecording.OUTSIDE_BUFFER);
    assertEquals(bytesByClass(file), bytesByClass(read(file)));
  }

  @Test
  void stacksHaveMethodsLinesAndThreads() throws IOException {
    Path file = FlightRecording.record(directory.resolve("job.jfr"), FlightRecording.SAMPLE);
    RecordingModel model = read(file);
    Dictionary dictionary = model.dictionary();
    AllocationTotals totals = model.totals();
    boolean found = false;
    for (int row = 0; row < totals.rows(); row++) {
      if (dictionary.string(totals.className(row)).equals("byte[]") && totals.stack(row) != 0) {
        Frame frame = dictionary.frame(dictionary.frameOf(totals.stack(row)));
        found |=
            frame.className().equals(FlightRecording.class.getName())
                && frame.methodName().equals("work")
                && frame.line() > 0
                && dictionary
                    .thread(totals.thread(row))
                    .equals(
                        new Dictionary.ThreadName(
                            Thread.currentThread().getId(), Thread.currentThread().getName()));
      }
    }
    assertTrue(found);
  }

  @Test
  void headerAndNotesSayWhatItIs() throws IOException {
    RecordingModel model =
        read(FlightRecording.record(directory.resolve("job.jfr"), FlightRecording.SAMPLE));
    assertEquals("job", model.header().name());
    assertEquals("process", model.header().kind());
    assertEquals("jfr", model.header().mode());
    assertEquals("JFR", model.header().agentVersion());
    assertTrue(model.complete());
    assertTrue(model.coverage().isEmpty());
    assertEquals(
        List.of(
            String.format(
                "Sampled by JFR: bytes are estimates from %,d samples, objects are the samples"
                    + " themselves; how much of all allocations they cover is not known.",
                model.samples().orElseThrow())),
        model.caveats());
    assertTrue(MetricView.of(model, Metric.SURVIVING).isEmpty());
    assertTrue(MetricView.of(model, Metric.OFF_HEAP).isEmpty());
  }

  @Test
  void windowsSideBySideSumUpToTheWhole() throws IOException {
    Path file = FlightRecording.recordInChunks(directory.resolve("job.jfr"));
    RecordingModel whole = read(file);
    long middle = whole.durationMillis().orElseThrow() / 2;
    long before = ModelReader.read(file, new TimeWindow(0, middle)).totals().totalBytes();
    long after =
        ModelReader.read(file, new TimeWindow(middle, Long.MAX_VALUE)).totals().totalBytes();
    assertEquals(whole.totals().totalBytes(), before + after);
    assertTrue(before > 0 && after > 0);
    assertTrue(ModelReader.read(file, new TimeWindow(0, middle)).gcCount().isEmpty());
  }

  @Test
  void aChunkThatIsNotFinishedIsLeftOut() throws IOException {
    Path file = FlightRecording.recordInChunks(directory.resolve("job.jfr"));
    byte[] bytes = Files.readAllBytes(file);
    List<Chunk> chunks = chunks(file);
    Chunk last = chunks.get(chunks.size() - 1);
    int cut = (int) last.offset() + 500;
    Path shorter = Files.write(directory.resolve("cut.jfr"), Arrays.copyOf(bytes, cut));
    RecordingModel model = read(shorter);
    assertFalse(model.complete());
    assertEquals(500, model.outcome().truncatedBytes());
    assertTrue(model.totals().totalBytes() > 0);
    assertTrue(model.totals().totalBytes() < read(file).totals().totalBytes());
  }

  @Test
  void aFileWithoutAFinishedChunkIsRefused() throws IOException {
    Path file = FlightRecording.record(directory.resolve("job.jfr"), FlightRecording.SAMPLE);
    Path cut = directory.resolve("cut.jfr");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(file), 5_000));
    NotARecordingException e = assertThrows(NotARecordingException.class, () -> read(cut));
    assertEquals(
        "not a Heaplight recording: file=" + cut + ", actual=a JFR file without a finished part",
        e.getMessage());
  }

  @Test
  void aFileWithoutAllocationEventsIsRefused() throws IOException {
    Path file = directory.resolve("job.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.CPULoad");
      recording.start();
      recording.stop();
      recording.dump(file);
    }
    NotARecordingException e = assertThrows(NotARecordingException.class, () -> read(file));
    assertEquals("a JFR file without allocation events", e.actual());
    assertEquals(
        "record it with jdk.ObjectAllocationSample enabled, or by async-profiler with event=alloc",
        e.remedy());
  }

  @Test
  void bytesBehindTheLastChunkAreDamage() throws IOException {
    Path file = FlightRecording.record(directory.resolve("job.jfr"), FlightRecording.SAMPLE);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 100));
    CorruptRecordingException e = assertThrows(CorruptRecordingException.class, () -> read(file));
    assertEquals(bytes.length, e.offset());
  }

  @Test
  void anOlderVersionIsRefused() throws IOException {
    Path file = FlightRecording.record(directory.resolve("job.jfr"), FlightRecording.SAMPLE);
    byte[] bytes = Files.readAllBytes(file);
    bytes[Chunk.VERSION_OFFSET + 1] = 1;
    Files.write(file, bytes);
    NotARecordingException e = assertThrows(NotARecordingException.class, () -> read(file));
    assertEquals("a JFR file of version 1", e.actual());
  }

  @Test
  void changedBytesGiveATypedErrorOrAModel() throws IOException {
    Path file = FlightRecording.record(directory.resolve("job.jfr"), FlightRecording.SAMPLE);
    byte[] bytes = Files.readAllBytes(file);
    Path changed = directory.resolve("changed.jfr");
    Random random = new Random(4);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      byte[] copy = bytes.clone();
      for (int j = 0; j < 1 + i % 20; j++) {
        copy[Chunk.HEADER_LENGTH + random.nextInt(copy.length - Chunk.HEADER_LENGTH)] =
            (byte) random.nextInt();
      }
      Files.write(changed, copy);
      try {
        read(changed);
      } catch (RecordingException e) {
        refused++;
      }
    }
    assertTrue(refused > 0);
  }

  private static RecordingModel read(Path file) throws IOException {
    return ModelReader.read(file, TimeWindow.WHOLE);
  }

  private static List<Chunk> chunks(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return ChunkTable.of(file, channel).all();
    }
  }

  private static Map<String, Long> bytesByClass(RecordingModel model) {
    Map<String, Long> sums = new TreeMap<>();
    AllocationTotals totals = model.totals();
    for (int row = 0; row < totals.rows(); row++) {
      sums.merge(model.dictionary().string(totals.className(row)), totals.bytes(row), Long::sum);
    }
    return sums;
  }

  /** As the JDK's own reader has it. */
  private static Map<String, Long> bytesByClass(Path file) throws IOException {
    Map<String, Long> sums = new TreeMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      String weight =
          switch (event.getEventType().getName()) {
            case FlightRecording.SAMPLE -> "weight";
            case FlightRecording.NEW_BUFFER -> "tlabSize";
            case FlightRecording.OUTSIDE_BUFFER -> "allocationSize";
            default -> "";
          };
      if (!weight.isEmpty()) {
        sums.merge(
            SymbolText.allocatedClass(event.getClass("objectClass").getName().replace('/', '.')),
            event.getLong(weight),
            Long::sum);
      }
    }
    return sums;
  }
}

package dev.heaplight.monitor.act;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.Frame;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HottestStacksTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void record() throws IOException {
    file = directory.resolve("job.heaplight");
    RecordingHeader header =
        new RecordingHeader("job", "task", "1", Map.of(), "exact", 0, 1, "host", "jvm", "0");
    try (RecordingWriter writer = RecordingWriter.create(file, header)) {
      int bytes = writer.string("byte[]");
      int main = writer.stack(0, writer.frame(new Frame("app.Main", "main", "Main.java", 3)));
      int run = writer.stack(main, writer.frame(new Frame("app.Job", "run", "Job.java", 7)));
      int thread = writer.thread(1, "main");
      writer.allocation(main, bytes, thread, 1, 100);
      writer.allocation(run, bytes, thread, 2, 60);
      writer.allocation(run, bytes, thread, 3, 50);
      writer.flush(new Progress(1, 210, 0, 3, 0, 1));
    }
  }

  @Test
  void firstIsTheStackWithMostBytesInAll() {
    assertEquals(
        List.of(
            new KillReport.StackShare(
                110, 5, List.of("app.Job.run(Job.java:7)", "app.Main.main(Main.java:3)"))),
        HottestStacks.of(file, 1));
    assertEquals(2, HottestStacks.of(file, 5).size());
  }

  @Test
  void largeRecordingsAreNotReadIntoAWorkersHeap() throws IOException {
    Path large = directory.resolve("large.heaplight");
    HottestStacks.Source small = (unused, visitor) -> RecordingReader.read(file, visitor);
    setLength(large, HottestStacks.LARGEST_FILE_BYTES);
    assertEquals(2, HottestStacks.of(large, 5, small).size());
    setLength(large, HottestStacks.LARGEST_FILE_BYTES + 1);
    assertEquals(List.of(), HottestStacks.of(large, 5, small));
  }

  @Test
  void aHeapThatIsFullGivesNone() {
    assertEquals(
        List.of(),
        HottestStacks.of(
            file,
            5,
            (recording, visitor) -> {
              throw new OutOfMemoryError("Java heap space");
            }));
  }

  private static void setLength(Path path, long bytes) throws IOException {
    try (RandomAccessFile sized = new RandomAccessFile(path.toFile(), "rw")) {
      sized.setLength(bytes);
    }
  }
}

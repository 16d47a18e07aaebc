package dev.heaplight.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStatusTest {
  private static final String STATUS =
      """
      Name:\tjava
      VmHWM:\t  999 kB
      VmRSS:\t    1000 kB
      RssAnon:\t     600 kB
      RssFile:\t     100 kB
      RssShmem:\t     300 kB
      Threads:\t7
      """;

  @TempDir private Path directory;

  @Test
  void figuresAreThoseOfTheKernelInBytes() throws IOException {
    ProcessStatus status = read(STATUS);
    assertEquals(1_024_000, status.rssBytes());
    assertEquals(614_400, status.rssMinusSharedBytes(0));
    assertEquals(102_400, status.fileBytes());
    assertEquals(307_200, status.sharedBytes());
    assertEquals(7, status.threads());
  }

  @Test
  void heapInSharedMemoryCountsAsFarAsItIsCommitted() throws IOException {
    assertEquals(614_400 + 102_400, read(STATUS).rssMinusSharedBytes(102_400));
  }

  @Test
  void rereadsTheFile() throws IOException {
    Path file = directory.resolve("status");
    Files.writeString(file, STATUS);
    ProcessStatus status = new ProcessStatus(file.toString());
    status.read();
    Files.writeString(file, STATUS.replace("1000 kB", "2000 kB"));
    status.read();
    assertEquals(2_048_000, status.rssBytes());
  }

  @Test
  void missingFileAndStrangeLinesAreUnknown() throws IOException {
    ProcessStatus missing = new ProcessStatus(directory.resolve("none").toString());
    missing.read();
    assertUnknown(missing);
    assertUnknown(read(""));
    assertUnknown(read("VmRSS:\nRssAnon: kB\nRssAnon:\t12\n"));
    assertUnknown(read("VmRSS:\t12 MB\nRssAnon:\tmany kB\n"));
    assertUnknown(read("VmRSS:\t9223372036854775807 kB\nVmRSS"));
  }

  private static void assertUnknown(ProcessStatus status) {
    assertEquals(Progress.UNKNOWN, status.rssBytes());
    assertEquals(Progress.UNKNOWN, status.rssMinusSharedBytes(0));
    assertEquals(Progress.UNKNOWN, status.rssMinusSharedBytes(4096));
    assertEquals(Progress.UNKNOWN, status.fileBytes());
    assertEquals(Progress.UNKNOWN, status.sharedBytes());
    assertEquals(Progress.UNKNOWN, status.threads());
  }

  private ProcessStatus read(String text) throws IOException {
    Path file = directory.resolve("status");
    Files.writeString(file, text);
    ProcessStatus status = new ProcessStatus(file.toString());
    status.read();
    return status;
  }
}

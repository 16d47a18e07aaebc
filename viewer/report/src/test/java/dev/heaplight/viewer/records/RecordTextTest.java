package dev.heaplight.viewer.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.CorruptRecordingException;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.MemorySample;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTextTest {
  @TempDir Path directory;

  @Test
  void eachRecordIsALine() throws IOException {
    Path file = recording();
    assertEquals(
        """
        recording file="%s"
        header name="a \\"b\\u000a" kind="task" id="t-1" mode="exact" startEpochMillis=1767225600000 pid=4711 host="worker-3" jvm="OpenJDK 17.0.15" agent="0.1.0"
        attribute key="customer" value="north"
        note text="degraded"
        slice startMillis=0 endMillis=100
        allocation bytes=96 objects=3 class="byte[]" thread="main" at com.acme.Job.run(Job.java:42) < com.acme.Main.main(Main.java:7)
        allocation bytes=16 objects=1 class="byte[]" thread="main" at [unknown stack]
        """
            .formatted(file),
        first(7, text(file, false)));
    for (String line :
        List.of(
            "collection elapsedMillis=80 collector=\"G1\" durationMillis=5 liveObjects=unknown"
                + " liveBytes=64",
            "memory elapsedMillis=10 rssBytes=7 rssMinusSharedBytes=unknown heapUsedBytes=5"
                + " heapCommittedBytes=4 directBytes=3 metaspaceBytes=2",
            "off-heap-slice startMillis=0 endMillis=100",
            "off-heap takenBytes=2048 takenObjects=2 freedBytes=1024 freedObjects=1"
                + " kind=\"direct\" thread=\"main\" at com.acme.Job.run(Job.java:42) <"
                + " com.acme.Main.main(Main.java:7)",
            "lifetime collectionsSurvived=1 millisLog2=5 bytes=16 objects=1",
            "agent cpuNanos=9 memoryBytes=8 memoryLimitBytes=7",
            "live kind=peak elapsedMillis=800 collection=2 collector=\"G1 Old\" samples=5",
            "live-entry bytes=64 objects=2 class=\"byte[]\" thread=\"main\" at"
                + " com.acme.Job.run(Job.java:42) < com.acme.Main.main(Main.java:7)",
            "live-end",
            "note text=\"degraded\"",
            "progress elapsedMillis=100 jvmAllocatedBytes=128 gcCount=1 samples=7 agentBytes=0"
                + " samplingIntervalBytes=1",
            "footer durationMillis=1500 allocatedBytes=112 allocatedObjects=4"
                + " endReason=\"closed\"",
            "end complete=true usableBytes=" + Files.size(file) + " truncatedBytes=0")) {
      assertTrue(text(file, false).contains("\n" + line + "\n"), line);
    }
  }

  @Test
  void numbersComeAfterTheTablesTheyReferTo() throws IOException {
    List<String> lines = text(recording(), true).lines().toList();
    List<String> wanted =
        List.of(
            "frame number=1 class=\"com.acme.Job\" method=\"run\" file=\"Job.java\" line=42",
            "stack number=2 parent=1 frame=1",
            "thread number=0 id=1 name=\"main\"");
    int allocation =
        lines.indexOf(
            "allocation bytes=96 objects=3 class=" + string(lines, "byte[]") + " thread=0 stack=2");
    assertTrue(allocation > 0, () -> String.join("\n", lines));
    for (String line : wanted) {
      int at = lines.indexOf(line);
      assertTrue(at >= 0 && at < allocation, () -> line + "\n" + String.join("\n", lines));
    }
  }

  @Test
  void whatComesBeforeTheDamageIsWritten() throws IOException {
    Path file = recording();
    String whole = text(file, false);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1; // in the footer's block
    Files.write(file, bytes);
    StringBuilder out = new StringBuilder();
    assertThrows(CorruptRecordingException.class, () -> RecordText.write(file, false, out));
    assertEquals(whole.substring(0, whole.indexOf("footer ")), out.toString());
  }

  @Test
  void tailThatIsCutOffIsCounted() throws IOException {
    Path file = recording();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    String last = text(file, false).lines().reduce((before, line) -> line).orElseThrow();
    assertTrue(last.matches("end complete=false usableBytes=\\d+ truncatedBytes=[1-9]\\d*"), last);
  }

  private static String string(List<String> lines, String text) {
    String line =
        lines.stream()
            .filter(l -> l.startsWith("string ") && l.endsWith(" text=\"" + text + "\""))
            .findFirst()
            .orElseThrow();
    return line.replaceAll("string number=(\\d+) .*", "$1");
  }

  private static String first(int count, String text) {
    return String.join("\n", text.lines().limit(count).toList()) + "\n";
  }

  private static String text(Path file, boolean numbers) throws IOException {
    StringBuilder out = new StringBuilder();
    RecordText.write(file, numbers, out);
    return out.toString();
  }

  private Path recording() throws IOException {
    Path file = directory.resolve("test.heaplight");
    TestRecording recording = TestRecording.create(file, "a \"b\n", Map.of("customer", "north"));
    int run =
        recording.stack(
            TestRecording.frame("com.acme.Main.main", 7),
            TestRecording.frame("com.acme.Job.run", 42));
    recording.allocation(run, "byte[]", 3, 96).allocation(0, "byte[]", 1, 16);
    recording.offHeap(run, "direct", 2, 2_048, 1, 1_024);
    recording.facts(
        List.of(new GcPoint(80, "G1", 5, -1, 64)),
        List.of(new MemorySample(10, 7, -1, 5, 4, 3, 2)),
        List.of(new Lifetime(1, 5, 1, 16)),
        new AgentCost(9, 8, 7));
    recording.note("degraded").flush(100, 128, 1).peak(run, "byte[]", 2, 64);
    return recording.finish(1_500, 128, 2);
  }
}

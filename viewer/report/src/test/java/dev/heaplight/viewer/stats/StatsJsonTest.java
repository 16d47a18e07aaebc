package dev.heaplight.viewer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsJsonTest {
  @TempDir Path directory;

  @Test
  void keysAndTheirOrderAreStable() throws IOException {
    TestRecording recording = TestRecording.create(file());
    recording.allocation("byte[]", 3, 96, TestRecording.frame("com.acme.Job.run", 42));
    assertEquals(
        "{\"file\":\""
            + file()
            + "\",\"complete\":true,\"mode\":\"exact\",\"scope\":{\"name\":\"allocate_memory\","
            + "\"kind\":\"task\",\"id\":\"t-1\"},\"durationMillis\":1500,\"allocatedBytes\":96,"
            + "\"allocatedObjects\":3,\"jvmAllocatedBytes\":128,\"coverage\":0.75,"
            + "\"peakLiveBytes\":null,\"survivingBytes\":null,\"gcCount\":2,\"samples\":7,"
            + "\"topSites\":[{\"frame\":\"com.acme.Job.run(Job.java:42)\",\"class\":\"byte[]\","
            + "\"bytes\":96,\"objects\":3}]}\n",
        json(recording.finish(1_500, 128, 2)));
  }

  @Test
  void whatIsNotKnownIsNull() throws IOException {
    assertEquals(
        "{\"file\":\""
            + file()
            + "\",\"complete\":false,\"mode\":\"exact\",\"scope\":{\"name\":\"allocate_memory\","
            + "\"kind\":\"task\",\"id\":\"t-1\"},\"durationMillis\":null,\"allocatedBytes\":0,"
            + "\"allocatedObjects\":0,\"jvmAllocatedBytes\":null,\"coverage\":null,"
            + "\"peakLiveBytes\":null,\"survivingBytes\":null,\"gcCount\":null,\"samples\":null,"
            + "\"topSites\":[]}\n",
        json(TestRecording.create(file()).abandon()));
  }

  private Path file() {
    return directory.resolve("test.heaplight");
  }

  private static String json(Path file) throws IOException {
    StringBuilder out = new StringBuilder();
    StatsJson.write(Stats.of(RecordingModel.read(file)), out);
    return out.toString();
  }
}

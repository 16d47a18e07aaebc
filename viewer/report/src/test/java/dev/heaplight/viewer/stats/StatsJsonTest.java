package dev.heaplight.viewer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsJsonTest {
  private static final String SCOPE =
      "\"scope\":{\"name\":\"allocate_memory\",\"kind\":\"task\"," + "\"id\":\"t-1\"},";

  @TempDir Path directory;

  @Test
  void keysAndTheirOrderAreStable() throws IOException {
    TestRecording recording = TestRecording.create(file());
    recording.allocation("byte[]", 3, 96, TestRecording.frame("com.acme.Job.run", 42));
    assertEquals(
        "{\"file\":\""
            + file()
            + "\",\"recordings\":1,\"complete\":true,"
            + "\"mode\":\"exact\",\"samplingIntervalBytes\":1,"
            + SCOPE
            + "\"durationMillis\":1500,\"allocatedBytes\":96,"
            + "\"allocatedObjects\":3,\"jvmAllocatedBytes\":128,\"coverage\":0.75,"
            + "\"peakLiveBytes\":null,\"peakLiveObjects\":null,\"peakCollection\":null,"
            + "\"survivingBytes\":null,\"survivingObjects\":null,\"survivingCollection\":null,"
            + "\"temporaryBytes\":null,\"temporaryObjects\":null,\"offHeap\":null,"
            + "\"gcCount\":2,\"samples\":7,\"agentCpuNanos\":null,\"agentMemoryBytes\":null,"
            + "\"metric\":\"allocated\","
            + "\"topSites\":[{\"frame\":\"com.acme.Job.run(Job.java:42)\",\"class\":\"byte[]\","
            + "\"bytes\":96,\"objects\":3}],\"topPeakSites\":null,\"topSurvivingSites\":null,"
            + "\"topBy\":\"site\",\"topSort\":\"bytes\","
            + "\"top\":[{\"name\":\"com.acme.Job.run(Job.java:42)\",\"class\":\"byte[]\","
            + "\"bytes\":96,\"objects\":3}],\"sizeHistogram\":[{\"minBytes\":32,\"endBytes\":64,"
            + "\"bytes\":96,\"objects\":3}],\"memory\":null,\"memoryParts\":[],\"lifetimes\":null}\n",
        json(recording.finish(1_500, 128, 2), Metric.ALLOCATED, false));
  }

  @Test
  void liveFiguresStandUnderKeysOfTheirOwn() throws IOException {
    TestRecording recording = TestRecording.create(file());
    int stack = recording.stack(TestRecording.frame("com.acme.Cache.fill", 9));
    recording.peak(stack, "byte[]", 2, 64).survivors();
    recording.live(
        new LiveHeader(LiveKind.TEMPORARY, 1_400, 3, "", 9), stack, "java.lang.String", 4, 96);
    recording.offHeap(stack, "direct", 2, 2_048, 1, 1_024);
    recording.facts(
        List.of(
            new GcPoint(800, "G1 Old", 5, 2, 64),
            new GcPoint(900, "", Progress.UNKNOWN, Progress.UNKNOWN, Progress.UNKNOWN)),
        List.of(),
        List.of(),
        new AgentCost(1_000_000, 65_536, Progress.UNKNOWN));
    String json = json(recording.finish(1_500, 128, 3), Metric.TEMPORARY, true);
    String site = "[{\"frame\":\"com.acme.Cache.fill(Cache.java:9)\",\"class\":";
    for (String part :
        List.of(
            "\"peakLiveBytes\":64,\"peakLiveObjects\":2,\"peakCollection\":{\"number\":2,"
                + "\"collector\":\"G1 Old\",\"millis\":800},",
            "\"survivingBytes\":0,\"survivingObjects\":0,\"survivingCollection\":{\"number\":3,"
                + "\"collector\":\"G1 Old\",\"millis\":1400},",
            "\"temporaryBytes\":96,\"temporaryObjects\":4,",
            "\"offHeap\":{\"allocatedBytes\":2048,\"freedBytes\":1024,\"liveBytes\":1024,"
                + "\"peakBytes\":1024},",
            "\"agentCpuNanos\":1000000,\"agentMemoryBytes\":65536,",
            "\"collections\":[{\"millis\":800,\"collector\":\"G1 Old\",\"durationMillis\":5,"
                + "\"liveObjects\":2,\"liveBytes\":64},{\"millis\":900,\"collector\":null,"
                + "\"durationMillis\":null,\"liveObjects\":null,\"liveBytes\":null}],",
            "\"metric\":\"temporary\",\"topSites\":"
                + site
                + "\"java.lang.String\",\"bytes\":96,\"objects\":4}],",
            "\"topPeakSites\":" + site + "\"byte[]\",\"bytes\":64,\"objects\":2}],",
            "\"topSurvivingSites\":[],\"topBy\"")) {
      assertTrue(json.contains(part), () -> part + " is not in " + json);
    }
  }

  @Test
  void whatIsNotKnownIsNull() throws IOException {
    assertEquals(
        "{\"file\":\""
            + file()
            + "\",\"recordings\":1,\"complete\":false,"
            + "\"mode\":\"exact\",\"samplingIntervalBytes\":null,"
            + SCOPE
            + "\"durationMillis\":null,\"allocatedBytes\":0,"
            + "\"allocatedObjects\":0,\"jvmAllocatedBytes\":null,\"coverage\":null,"
            + "\"peakLiveBytes\":null,\"peakLiveObjects\":null,\"peakCollection\":null,"
            + "\"survivingBytes\":null,\"survivingObjects\":null,\"survivingCollection\":null,"
            + "\"temporaryBytes\":null,\"temporaryObjects\":null,\"offHeap\":null,"
            + "\"gcCount\":null,\"samples\":null,\"agentCpuNanos\":null,"
            + "\"agentMemoryBytes\":null,\"metric\":\"allocated\",\"topSites\":[],"
            + "\"topPeakSites\":null,\"topSurvivingSites\":null,\"topBy\":\"site\","
            + "\"topSort\":\"bytes\",\"top\":[],\"sizeHistogram\":[],\"memory\":null,"
            + "\"memoryParts\":[],\"lifetimes\":null}\n",
        json(TestRecording.create(file()).abandon(), Metric.ALLOCATED, false));
  }

  @Test
  void groupsOfAnotherKindStandBesideTheSites() throws IOException {
    TestRecording recording = TestRecording.create(file());
    recording.allocation("byte[]", 1, 96, TestRecording.frame("com.acme.Job.run", 42));
    recording.allocation("byte[]", 2, 32, TestRecording.frame("com.acme.Job.run", 43));
    MetricView view = MetricView.allocated(RecordingModel.read(recording.finish(1_500, 128, 2)));
    StringBuilder json = new StringBuilder();
    StatsJson.write(Stats.of(view, 1, Grouping.PACKAGE, true), false, json);
    String expected =
        "\"topBy\":\"package\",\"topSort\":\"objects\",\"top\":[{\"name\":\"com.acme\","
            + "\"class\":null,\"bytes\":128,\"objects\":3}],";
    assertTrue(json.toString().contains(expected), json.toString());
    String sites = "\"topSites\":[{\"frame\":\"com.acme.Job.run(Job.java:42)\",";
    assertTrue(json.toString().contains(sites), json.toString());
  }

  @Test
  void memoryAndLifetimesAreListed() throws IOException {
    TestRecording recording = TestRecording.create(file());
    long unknown = Progress.UNKNOWN;
    recording.facts(
        List.of(),
        List.of(
            new MemorySample(10, 500, unknown, 70, 100, 0, 9),
            new MemorySample(20, 700, unknown, 30, 100, 8, 9),
            new MemorySample(30, 700, unknown, 90, 100, 4, 9)),
        List.of(new Lifetime(0, 0, 2, 64), new Lifetime(1, 5, 1, 16)),
        new AgentCost(1, 1, 1));
    String json = json(recording.finish(1_500, 128, 2), Metric.ALLOCATED, false);
    assertEquals(
        "\"memory\":{\"samples\":3,\"rss\":{\"minBytes\":500,\"maxBytes\":700,"
            + "\"maxMillis\":20},\"rssMinusShared\":null,\"heapUsed\":{\"minBytes\":30,"
            + "\"maxBytes\":90,\"maxMillis\":30},\"heapCommitted\":{\"minBytes\":100,"
            + "\"maxBytes\":100,\"maxMillis\":10},\"direct\":{\"minBytes\":0,\"maxBytes\":8,"
            + "\"maxMillis\":20},\"metaspace\":{\"minBytes\":9,\"maxBytes\":9,"
            + "\"maxMillis\":10}},\"memoryParts\":[],\"lifetimes\":[{\"collectionsSurvived\":0,\"minMillis\":0,"
            + "\"endMillis\":2,\"bytes\":64,\"objects\":2},{\"collectionsSurvived\":1,"
            + "\"minMillis\":32,\"endMillis\":64,\"bytes\":16,\"objects\":1}]}\n",
        json.substring(json.indexOf("\"memory\":")));
  }

  private Path file() {
    return directory.resolve("test.heaplight");
  }

  private static String json(Path file, Metric metric, boolean collections) throws IOException {
    StringBuilder out = new StringBuilder();
    MetricView view = MetricView.of(RecordingModel.read(file), metric).orElseThrow();
    StatsJson.write(view, Stats.TOP_SITES, collections, out);
    return out.toString();
  }
}

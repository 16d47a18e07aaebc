package dev.heaplight.viewer.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.recordings.TestRecording;
import dev.heaplight.viewer.rollup.OutlineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisorTest {
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;
  private static final OptionalLong SEEN = OptionalLong.empty();

  @TempDir Path directory;
  private final Advisor advisor = new Advisor();
  private int files;

  @Test
  void saysHowManyTasksOfOneGigabyteFitInTenAndWhy() throws IOException {
    for (int i = 0; i < 8; i++) {
      add("train", "task", i * 10L, 1_000, 1, GIB);
    }
    Advice advice = advisor.advise(10 * GIB, 0.95, SEEN);
    StringBuilder text = new StringBuilder();
    AdviceText.write(advice, "--memory", text);
    assertTrue(
        text.toString()
            .startsWith(
                "Memory      10.0 GiB (--memory)\n"
                    + "Usable      9.50 GiB = 95.0 % of it\n"
                    + "Workers     1 process needs 50.0 MiB beside the tasks: 40.0 MiB of heap, the"
                    + " least in use, and 10.0 MiB outside the heap\n"
                    + "For tasks   9.45 GiB = 9.50 GiB - 50.0 MiB\n"
                    + "\n"
                    + "train (task): 8 recordings, at most 8 at the same time\n"
                    + "  One needs up to 1.00 GiB.\n"
                    + "  9 fit in 10.0 GiB: 9.45 GiB / 1.00 GiB = 9.4.\n"
                    + "  The parallelism seen fits: 8 at the same time need up to 8 x 1.00 GiB ="
                    + " 8.00 GiB.\n"
                    + "\n"
                    + "Caveat: "),
        text.toString());
  }

  @Test
  void withoutABaseAllThatIsUsableIsForTasks() throws IOException {
    for (int i = 0; i < 8; i++) {
      add("train", "task", 0, 1_000, 1, GIB);
    }
    Advice advice = advisor.advise(10 * GIB, 0.95, OptionalLong.of(0));
    assertEquals(9, advice.tasks().get(0).fits());
    StringBuilder text = new StringBuilder();
    AdviceText.write(advice, "--memory", text);
    assertTrue(
        text.toString()
            .contains(
                """
                Workers     0 B for 1 process (--base)
                For tasks   9.50 GiB

                train (task): 8 recordings, at most 8 at the same time
                  One needs up to 1.00 GiB.
                  9 fit in 10.0 GiB: 9.50 GiB / 1.00 GiB = 9.5.
                """),
        text.toString());
  }

  @Test
  void baseThatIsGivenReplacesTheOneSeen() throws IOException {
    for (int i = 0; i < 8; i++) {
      add("train", "task", 0, 1_000, 1, GIB);
    }
    Advice advice = advisor.advise(10 * GIB, 0.95, OptionalLong.of(3 * GIB));
    assertEquals(6, advice.tasks().get(0).fits());
    StringBuilder json = new StringBuilder();
    AdviceJson.write(advice, json);
    assertTrue(
        json.toString()
            .contains(
                "\"workers\":1,\"baseOrigin\":\"given\",\"baseBytes\":3221225472,"
                    + "\"baseHeapBytes\":null,\"baseOutsideHeapBytes\":null,"
                    + "\"roomBytes\":6979321856,"),
        json.toString());
  }

  @Test
  void baseThatWasSeenIsInTheJson() throws IOException {
    add("train", "task", 0, 1_000, 1, GIB);
    StringBuilder json = new StringBuilder();
    AdviceJson.write(advisor.advise(10 * GIB, 0.95, SEEN), json);
    assertTrue(
        json.toString()
            .contains(
                "\"workers\":1,\"baseOrigin\":\"seen\",\"baseBytes\":52428800,"
                    + "\"baseHeapBytes\":41943040,\"baseOutsideHeapBytes\":10485760,"),
        json.toString());
  }

  @Test
  void advisesLessWhereMoreRanThanFit() throws IOException {
    for (int i = 0; i < 8; i++) {
      add("train", "task", 0, 1_000, 1, GIB);
    }
    Advice advice = advisor.advise(4 * GIB, 0.95, SEEN);
    StringBuilder text = new StringBuilder();
    AdviceText.write(advice, "--memory", text);
    assertTrue(
        text.toString()
            .contains(
                "  3 fit in 4.00 GiB: 3.75 GiB / 1.00 GiB = 3.7.\n"
                    + "  Reduce parallelism to 3: 8 at the same time need up to 8 x 1.00 GiB ="
                    + " 8.00 GiB.\n"),
        text.toString());
    StringBuilder json = new StringBuilder();
    AdviceJson.write(advice, json);
    assertTrue(
        json.toString()
            .contains(
                "\"maxPeakBytes\":1073741824,\"p95PeakBytes\":1073741824,\"leftBytes\":null,"
                    + "\"seenAtOnce\":8,\"fitting\":3,\"reduceTo\":3}"),
        json.toString());
  }

  @Test
  void notEvenOneFits() throws IOException {
    add("train", "task", 0, 1_000, 1, GIB);
    StringBuilder text = new StringBuilder();
    AdviceText.write(advisor.advise(GIB, 0.95, SEEN), "--memory", text);
    assertTrue(
        text.toString()
            .contains(
                """
                  Not one fits in 1.00 GiB: 923 MiB / 1.00 GiB = 0.9.
                  Give the worker more memory, or make train smaller.
                """),
        text.toString());
  }

  @Test
  void recordingsOneAfterTheOtherDoNotRunTogether() throws IOException {
    add("train", "task", 0, 100, 1, MIB);
    add("train", "task", 100, 100, 1, MIB);
    add("train", "task", 150, 100, 1, MIB);
    assertEquals(2, advisor.advise(GIB, 1, SEEN).tasks().get(0).together());
  }

  @Test
  void recordingsShorterThanTheClockTellsDoNotRunTogether() throws IOException {
    add("train", "task", 100, 0, 1, MIB);
    add("train", "task", 100, 0, 1, MIB);
    add("train", "task", 100, 0, 1, MIB);
    assertEquals(1, advisor.advise(GIB, 1, SEEN).tasks().get(0).together());
    add("train", "task", 50, 100, 1, MIB);
    assertEquals(2, advisor.advise(GIB, 1, SEEN).tasks().get(0).together());
  }

  @Test
  void workersOfOneHostShareItsMemoryAndEachNeedsItsBase() throws IOException {
    add("train", "task", 0, 100, 1, MIB);
    add("train", "task", 0, 100, 2, MIB);
    add("train", "task", 0, 100, 3, MIB);
    Advice advice = advisor.advise(GIB, 1, SEEN);
    assertEquals(3, advice.base().workers());
    assertEquals(3 * 50 * MIB, advice.base().bytes());
    assertEquals(GIB - 3 * 50 * MIB, advice.roomBytes());
  }

  @Test
  void hostsDoNotShareMemory() throws IOException {
    add("train", "task", "one", 0, 100, 1, MIB);
    add("train", "task", "other", 0, 100, 1, MIB);
    Advice advice = advisor.advise(GIB, 1, SEEN);
    assertEquals(1, advice.base().workers());
    assertEquals(1, advice.tasks().get(0).together());
  }

  @Test
  void differentTasksThatRanTogetherAreAddedUp() throws IOException {
    add("train", "task", 0, 100, 1, 60 * MIB);
    add("load", "task", 50, 100, 1, 30 * MIB);
    add("load", "task", 200, 100, 1, 70 * MIB);
    Advice advice = advisor.advise(120 * MIB, 1, SEEN);
    assertEquals(new Concurrency(2, 1, 90 * MIB), advice.all());
    assertTrue(advice.overAtWorst());
    assertFalse(advice.tasks().get(0).reduce());
    StringBuilder text = new StringBuilder();
    AdviceText.write(advice, "--memory", text);
    assertTrue(
        text.toString()
            .contains(
                "All together: at most 2 recordings at the same time; the peaks of those that were"
                    + " sum up to 90.0 MiB at most, which does not fit: run fewer of them side by"
                    + " side.\n"),
        text.toString());
  }

  @Test
  void whatEndedTasksStillHoldIsSaidAndNotTakenOff() throws IOException {
    for (int i = 0; i < 4; i++) {
      TestRecording leaky = create("actor", "task", "here", i * 1_000L, 1);
      int stack = leaky.stack(TestRecording.frame("com.acme.Job.run", 42));
      leaky.peak(stack, "byte[]", 1, 10 * MIB);
      leaky.live(TestRecording.SURVIVORS, stack, "byte[]", 1, 5 * MIB);
      advisor.add(OutlineReader.read(leaky.finish(500, 128, 2)));
    }
    Advice advice = advisor.advise(100 * MIB, 1, SEEN);
    assertEquals(100 * MIB, advice.roomBytes());
    assertEquals(5 * MIB, advice.tasks().get(0).leftBytes());
    assertEquals(WorkerBase.Origin.UNKNOWN, advice.base().origin());
    StringBuilder text = new StringBuilder();
    AdviceText.write(advice, "--memory", text);
    assertTrue(
        text.toString()
            .contains(
                "  Each leaves 5.00 MiB behind on average; if that is never freed, 20 more of them"
                    + " fill the memory.\n"),
        text.toString());
  }

  @Test
  void survivorsThatNoCollectionSawAreNotTakenForLeft() throws IOException {
    TestRecording task = create("train", "task", "here", 0, 1);
    int stack = task.stack(TestRecording.frame("com.acme.Job.run", 42));
    task.peak(stack, "byte[]", 1, 10 * MIB);
    task.live(new LiveHeader(LiveKind.SURVIVORS, 500, 2, "", 4), stack, "byte[]", 1, 5 * MIB);
    advisor.add(OutlineReader.read(task.finish(500, 128, 2)));
    Advice advice = advisor.advise(100 * MIB, 1, SEEN);
    assertEquals(Progress.UNKNOWN, advice.tasks().get(0).leftBytes());
  }

  @Test
  void processesAreLeftOutUnlessThereIsNothingElse() throws IOException {
    add("worker", "process", 0, 1_000, 1, 100 * MIB);
    Advice alone = advisor.advise(GIB, 1, SEEN);
    assertEquals("worker", alone.tasks().get(0).name());
    assertEquals(0, alone.processes());
    add("train", "task", 0, 100, 1, 60 * MIB);
    Advice beside = advisor.advise(GIB, 1, SEEN);
    assertEquals(List.of("train"), beside.tasks().stream().map(TaskAdvice::name).toList());
    assertEquals(1, beside.processes());
    assertEquals(60 * MIB, beside.all().peakBytes());
  }

  @Test
  void memoryOutsideTheHeapIsPartOfAPeak() throws IOException {
    TestRecording task = create("train", "task", "here", 0, 1);
    int stack = task.stack(TestRecording.frame("com.acme.Job.run", 42));
    task.peak(stack, "byte[]", 1, 10 * MIB);
    task.offHeap(stack, "direct", 1, 6 * MIB, 0, 0);
    advisor.add(OutlineReader.read(task.finish(500, 128, 2)));
    assertEquals(16 * MIB, advisor.advise(GIB, 1, SEEN).tasks().get(0).peakBytes());
  }

  @Test
  void unknownPeaksAreSaid() throws IOException {
    advisor.add(OutlineReader.read(create("train", "task", "here", 0, 1).finish(500, 128, 2)));
    Advice advice = advisor.advise(GIB, 1, SEEN);
    assertEquals(Progress.UNKNOWN, advice.tasks().get(0).fits());
    StringBuilder text = new StringBuilder();
    AdviceText.write(advice, "--memory", text);
    assertTrue(
        text.toString()
            .contains(
                "  How many fit is not known: no recording knows its peak. Record with the"
                    + " agent, without live=off.\n"),
        text.toString());
  }

  @Test
  void upperBoundsAreSaid() throws IOException {
    TestRecording task = create("train", "task", "here", 0, 1);
    int stack = task.stack(TestRecording.frame("com.acme.Job.run", 42));
    task.live(new LiveHeader(LiveKind.PEAK, 400, 0, "", 4), stack, "byte[]", 1, MIB);
    advisor.add(OutlineReader.read(task.finish(500, 128, 0)));
    StringBuilder text = new StringBuilder();
    AdviceText.write(advisor.advise(GIB, 1, SEEN), "--memory", text);
    assertTrue(
        text.toString()
            .contains(
                "  All of the peaks are upper bounds: no garbage collection ran in the scope, less"
                    + " may be enough.\n"
                    + "  That rests on only 1 recording: another may need more.\n"),
        text.toString());
  }

  private void add(String name, String kind, long start, long duration, long pid, long peak)
      throws IOException {
    add(name, kind, "here", start, duration, pid, peak);
  }

  private void add(
      String name, String kind, String host, long start, long duration, long pid, long peak)
      throws IOException {
    TestRecording task = create(name, kind, host, start, pid);
    int stack = task.stack(TestRecording.frame("com.acme.Job.run", 42));
    task.peak(stack, "byte[]", 1, peak);
    task.facts(
        List.of(),
        List.of(new MemorySample(1, -1, -1, 40 * MIB, 64 * MIB, 0, 10 * MIB)),
        List.of(),
        new AgentCost(1, 2, 3));
    advisor.add(OutlineReader.read(task.finish(duration, 128, 2)));
  }

  private TestRecording create(String name, String kind, String host, long start, long pid)
      throws IOException {
    return TestRecording.create(
        directory.resolve("r-" + files + ".heaplight"),
        name,
        kind,
        "t-" + files++,
        1_767_225_600_000L + start,
        host,
        pid);
  }
}

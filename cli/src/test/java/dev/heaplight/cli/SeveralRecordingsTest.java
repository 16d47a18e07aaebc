package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralRecordingsTest {
  @TempDir Path directory;
  private Path small;
  private Path large;

  @BeforeEach
  void writeRecordings() throws IOException {
    small = recording("small", 1_024, 512);
    large = recording("large", 4_096, 2_048);
  }

  @Test
  void diffPrintsBothTotalsAndTheLargestGrowthFirst() {
    CommandRun run = CommandRun.of("diff", small, large);
    assertEquals(0, run.exitCode());
    assertTrue(
        run.out()
            .startsWith(
                "Bytes allocated\n"
                    + "Base   1.00 KiB (1,024 bytes) in 2 objects, 1 recording: "
                    + small
                    + "\nNew    4.00 KiB (4,096 bytes) in 2 objects, 1 recording: "
                    + large
                    + "\nChange +3.00 KiB (+300.0 %) in +0 objects\n\nGrew: 1 stack, +3.00 KiB\n"
                    + "  +3.00 KiB  1.00 KiB -> 4.00 KiB (+300.0 %), +0 objects  byte[]\n"
                    + "             at com.acme.Job.run(Job.java:42)\n"),
        run.out());
    CommandRun peak = CommandRun.of("diff", "--metric", "peak", "--json", small, large);
    assertTrue(peak.out().startsWith("{\"metric\":\"peak\",\"base\":{"), peak.out());
    assertTrue(peak.out().contains("\"bytes\":2048,"), peak.out());
  }

  @Test
  void recordingGivenTwiceCountsOnce() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link.heaplight"), small);
    CommandRun run = CommandRun.of("transform", "collapsed", "-o", "-", small, small, link);
    assertEquals(CommandRun.of("transform", "collapsed", "-o", "-", small).out(), run.out());
    assertEquals("note: 2 files were given more than once and are counted once\n", run.err());
  }

  @Test
  void parsePassesOverWhatItFindsDamaged() throws IOException {
    Path broken = Files.writeString(directory.resolve("a-broken.heaplight"), "no recording");
    CommandRun run = CommandRun.of("parse", directory);
    assertEquals(1, run.exitCode());
    String text = CommandRun.of("parse", small).out();
    assertTrue(run.out().contains(text) && !text.isEmpty(), run.out());
    assertTrue(run.err().startsWith("heaplight: cannot read " + broken), run.err());
  }

  @Test
  void diffComparesOffHeapMemoryWithNone() throws IOException {
    TestRecording leak = TestRecording.create(directory.resolve("leak.heaplight"));
    int stack = leak.stack(TestRecording.frame("com.acme.Job.run", 42));
    leak.allocation(stack, "byte[]", 1, 16).offHeap(stack, "direct", 1, 4_096, 0, 0);
    Path leaking = leak.finish(1_500, 128, 2);
    CommandRun run = CommandRun.of("diff", "--metric", "off-heap", small, leaking);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("New: 1 stack, +4.00 KiB\n"), run.out());
    assertEquals(1, CommandRun.of("diff", "--metric", "off-heap", small, large).exitCode());
  }

  @Test
  void diffTakesDirectoriesAndSelections() {
    CommandRun all = CommandRun.of("diff", small, directory);
    assertTrue(
        all.out().contains("New    5.00 KiB (5,120 bytes) in 4 objects, 2 recordings: "),
        all.out());
    CommandRun each = CommandRun.of("diff", "--per-recording", small, directory);
    assertTrue(
        each.out()
            .contains(
                "Below, the base's figures are multiplied by 2.000 for as many recordings.\n"),
        each.out());
    assertTrue(each.out().contains("+3.00 KiB  2.00 KiB -> 5.00 KiB"), each.out());
    CommandRun none = CommandRun.of("diff", "--class", "char", small, large);
    assertTrue(none.out().contains("\nNo stack differs.\n"), none.out());
    assertTrue(none.out().contains("\nCaveat (base): Only classes named char.\n"), none.out());
  }

  @Test
  void diffNeedsTwoAndOneScaling() {
    assertUsage("Missing required parameter: 'NEW'", "diff", small);
    assertUsage(
        "Error: --normalize, --per-recording are mutually exclusive (specify only one)",
        "diff",
        "--normalize",
        "--per-recording",
        small,
        large);
    assertUsage(
        "Invalid value for option '--top': -1 is below 0", "diff", "--top=-1", small, large);
  }

  @Test
  void mergeRollsUpByName() throws IOException {
    recording("more", "small", 1_024, 100);
    CommandRun run = CommandRun.of("merge", directory);
    assertEquals(
        new CommandRun(
            0,
            """
            SCOPE  KIND  CALLS     TOTAL       MAX  PEAK P50  PEAK P95  PEAK MAX  SURVIVING
            large  task      1  4.00 KiB  4.00 KiB  2.00 KiB  2.00 KiB  2.00 KiB        0 B
            small  task      2  2.00 KiB  1.00 KiB     100 B     512 B     512 B        0 B
            (all)            3  6.00 KiB  4.00 KiB     512 B  2.00 KiB  2.00 KiB        0 B

            3 recordings, 6.00 KiB (6,144 bytes) in 6 objects allocated
            """,
            ""),
        run);
    CommandRun byCalls = CommandRun.of("merge", "--sort", "calls", directory);
    assertTrue(byCalls.out().indexOf("\nsmall") < byCalls.out().indexOf("\nlarge"), byCalls.out());
    CommandRun json = CommandRun.of("merge", "--json", large, small);
    assertTrue(
        json.out()
            .startsWith(
                "{\"total\":{\"calls\":2,\"incomplete\":0,\"allocatedBytes\":5120,"
                    + "\"allocatedObjects\":4,\"maxAllocatedBytes\":4096,\"peaksKnown\":2,"
                    + "\"peakUpperBounds\":0,\"p50PeakBytes\":512,\"p95PeakBytes\":2048,"
                    + "\"maxPeakBytes\":2048,\"survivorsKnown\":2,\"survivorUpperBounds\":0,"
                    + "\"survivingBytes\":0,\"offHeapBytes\":0,\"durationMillis\":3000},"
                    + "\"scopes\":[{\"name\":\"large\""),
        json.out());
  }

  @Test
  void mergePassesOverWhatADirectoryHoldsUnreadable() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.heaplight"), "?");
    CommandRun run = CommandRun.of("merge", "--json", directory);
    assertEquals(0, run.exitCode());
    assertEquals(
        "note: passed over: cannot read "
            + broken
            + ": it is not a Heaplight recording; give a .heaplight file written by the agent\n",
        run.err());
    assertTrue(run.out().startsWith("{\"total\":{\"calls\":2,"), run.out());
    assertEquals(1, CommandRun.of("merge", broken).exitCode());
  }

  @Test
  void lsListsWhatADirectoryHolds() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.heaplight"), "?");
    CommandRun run = CommandRun.of("ls", "--sort", "bytes", directory);
    assertEquals(0, run.exitCode());
    assertEquals("", run.err());
    String[] lines = run.out().split("\n", -1);
    assertEquals(6, lines.length);
    assertTrue(lines[1].startsWith("complete   4.00 KiB  2.00 KiB     1.5 s "), run.out());
    assertTrue(lines[1].endsWith("  task  large  t-large  " + large), run.out());
    assertTrue(lines[2].endsWith("  task  small  t-small  " + small), run.out());
    assertTrue(lines[3].startsWith("damaged           -         -         -"), run.out());
    assertTrue(lines[3].endsWith("  " + broken), run.out());
    assertEquals("3 recordings", lines[4]);
    Path empty = Files.createDirectories(directory.resolve("empty"));
    assertTrue(CommandRun.of("ls", empty).out().endsWith("\n0 recordings\n"));
    CommandRun none = CommandRun.of("ls", directory.resolve("none"));
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: cannot read "
                + directory.resolve("none")
                + ": no such file; check the path\n"),
        none);
  }

  @Test
  void checkPassesUpToTheBudgetItself() {
    assertEquals(
        new CommandRun(0, "ok: 2 recordings within budget\n", ""),
        CommandRun.of("check", "--max-allocated", "4KB", "--max-peak", "2048", directory));
    assertEquals(
        new CommandRun(0, "ok: 1 recording within budget\n", ""),
        CommandRun.of("check", "--max-surviving", "0", small));
  }

  @Test
  void checkFailsWithTheStackThatIsToBlame() {
    CommandRun run = CommandRun.of("check", "--max-allocated", "4095", directory);
    assertEquals(
        new CommandRun(
            3,
            "exceeded: "
                + large
                + ": large: 4.00 KiB (4,096 bytes) allocated, budget 4.00 KiB\n"
                + "  4.00 KiB, 100.0 %: byte[]\n"
                + "    at com.acme.Job.run(Job.java:42)\n",
            ""),
        run);
  }

  @Test
  void checkOfTheSumAddsUpFirst() {
    CommandRun run = CommandRun.of("check", "--sum", "--max-allocated", "5K", directory);
    assertEquals(new CommandRun(0, "ok: 2 recordings within budget together\n", ""), run);
    CommandRun over = CommandRun.of("check", "--sum", "--max-allocated", "5119", directory);
    assertEquals(3, over.exitCode());
    assertTrue(
        over.out()
            .startsWith(
                "exceeded: "
                    + directory
                    + ": 2 recordings together: 5.00 KiB (5,120 bytes) allocated, budget 5.00 KiB\n"),
        over.out());
  }

  @Test
  void checkIsOfTheSelection() {
    assertEquals(
        0, CommandRun.of("check", "--max-allocated", "0", "--exclude", "Job", large).exitCode());
    assertEquals(
        3, CommandRun.of("check", "--max-allocated", "0", "--include", "Job", large).exitCode());
  }

  @Test
  void checkAsJsonSaysTheSame() {
    assertEquals(
        new CommandRun(
            3,
            "{\"ok\":false,\"recordings\":2,\"budgets\":[{\"metric\":\"peak\",\"limitBytes\":1024}],"
                + "\"violations\":[{\"file\":\""
                + large
                + "\",\"recordings\":1,\"name\":\"large\",\"id\":\"t-large\",\"metric\":\"peak\","
                + "\"bytes\":2048,\"limitBytes\":1024,\"stacks\":[{\"class\":\"byte[]\","
                + "\"bytes\":2048,\"share\":1.0,\"frames\":[\"com.acme.Job.run(Job.java:42)\"]}]}],"
                + "\"unknown\":[],\"keptByUpperBound\":0,\"unreadable\":[]}\n",
            ""),
        CommandRun.of("check", "--json", "--max-peak", "1K", directory));
  }

  @Test
  void checkWithoutABudgetIsAUsageError() {
    assertUsage(
        "Missing budget: give --max-allocated, --max-peak, --max-surviving or another --max-...",
        "check",
        small);
    assertUsage(
        "Invalid value for option '--max-peak': expected a size such as 64MB, 1.5g or 512KiB but was"
            + " '12X'",
        "check",
        "--max-peak",
        "12X",
        small);
  }

  @Test
  void checkOfAFigureThatIsNotThereFailsUnlessAllowed() throws IOException {
    Path bare = bare();
    String what = "cannot show that " + bare + ": bare keeps --max-peak 1.00 MiB: ";
    for (String sum : new String[] {"--sum", "--verbose"}) {
      CommandRun run = CommandRun.of("check", sum, "--max-peak", "1M", directory);
      assertEquals(
          new CommandRun(
              1,
              "",
              "heaplight: "
                  + what
                  + "it has no peak figures; record without live=off and let it end, or pass"
                  + " --allow-unknown\n"),
          run);
    }
    assertEquals(
        new CommandRun(
            0, "ok: 3 recordings within budget\n", "note: " + what + "it has no peak figures\n"),
        CommandRun.of("check", "--allow-unknown", "--max-peak", "1M", directory));
  }

  @Test
  void checkThatIsExceededFailsAsSuchWhateverElseIsUnknown() throws IOException {
    bare();
    assertEquals(3, CommandRun.of("check", "--max-peak", "1K", directory).exitCode());
  }

  @Test
  void checkSaysWhereItRestsOnUpperBounds() throws IOException {
    TestRecording bound = TestRecording.create(directory.resolve("bound.heaplight"));
    int stack = bound.stack(TestRecording.frame("com.acme.Job.run", 42));
    bound.live(new LiveHeader(LiveKind.SURVIVORS, 9, 2, "", 1), stack, "byte[]", 1, 64);
    bound.finish(1_500, 128, 2);
    assertEquals(
        new CommandRun(
            0,
            "ok: 3 recordings within budget\n1 figure of bytes surviving is an upper bound, since no"
                + " garbage collection was seen after its end\n",
            ""),
        CommandRun.of("check", "--max-surviving", "64", directory));
    CommandRun over = CommandRun.of("check", "--max-surviving", "63", directory);
    assertEquals(1, over.exitCode());
    assertTrue(
        over.err()
            .endsWith(
                ": 64 B (64 bytes) surviving are an upper bound, since no garbage collection was"
                    + " seen after its end; open it with collectOnClose() or let the worker run on,"
                    + " or pass --allow-unknown\n"),
        over.err());
  }

  @Test
  void checkOfADamagedRecordingFailsAfterTheOthers() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.heaplight"), "?");
    String why =
        "cannot read "
            + broken
            + ": it is not a Heaplight recording; give a .heaplight file written by the agent";
    assertEquals(
        new CommandRun(1, "", "heaplight: " + why + "\n"),
        CommandRun.of("check", "--max-allocated", "1M", directory));
    CommandRun over = CommandRun.of("check", "--max-allocated", "2K", directory);
    assertEquals(3, over.exitCode());
    assertTrue(over.out().startsWith("exceeded: " + large), over.out());
    assertEquals("heaplight: " + why + "\n", over.err());
    CommandRun json = CommandRun.of("check", "--json", "--max-allocated", "1M", directory);
    assertEquals(1, json.exitCode());
    assertTrue(json.out().startsWith("{\"ok\":false,\"recordings\":2,"), json.out());
    assertTrue(
        json.out()
            .endsWith(
                "\"unreadable\":[{\"file\":\"" + broken + "\",\"error\":\"" + why + "\"}]}\n"),
        json.out());
  }

  @Test
  void checkOfATruncatedRecordingIsMadeAndNoted() throws IOException {
    byte[] bytes = Files.readAllBytes(large);
    Path cut =
        Files.write(directory.resolve("cut.heaplight"), Arrays.copyOf(bytes, bytes.length - 9));
    CommandRun run = CommandRun.of("check", "--max-allocated", "4K", directory);
    assertEquals(
        new CommandRun(
            0,
            "ok: 3 recordings within budget\n",
            "note: "
                + cut
                + " did not end cleanly: the worker still runs or was killed; at most the last"
                + " flush is missing\n"),
        run);
    assertEquals(3, CommandRun.of("check", "--max-allocated", "4095", cut).exitCode());
  }

  @Test
  void checkOfNothingIsAnError() throws IOException {
    Path empty = Files.createDirectories(directory.resolve("empty"));
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: cannot read "
                + empty
                + ": it holds no readable recording; give a .heaplight file, a .jfr file or a"
                + " directory with some\n"),
        CommandRun.of("check", "--max-allocated", "1M", empty));
  }

  @Test
  void adviseSaysHowManyFit() {
    CommandRun run = CommandRun.of("advise", "--memory", "10K", "--usable", "1", directory);
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("  5 fit in 10.0 KiB: 10.0 KiB / 2.00 KiB = 5.0.\n"), run.out());
    CommandRun json = CommandRun.of("advise", "--json", "--memory", "10K", directory);
    assertTrue(
        json.out().startsWith("{\"memoryBytes\":10240,\"usableShare\":0.95,\"usableBytes\":9728,"),
        json.out());
    CommandRun machine = CommandRun.of("advise", directory);
    assertTrue(machine.out().contains(" (all of this machine's)\n"), machine.out());
  }

  @Test
  void adviseRefusesSharesAndSizesThatMakeNoSense() {
    assertUsage(
        "Invalid value for option '--usable': 1.5 is not above 0 and at most 1",
        "advise",
        "--usable",
        "1.5",
        directory);
    assertUsage(
        "Invalid value for option '--memory': there must be some",
        "advise",
        "--memory",
        "0",
        directory);
  }

  @Test
  void linkToADirectoryIsOneWhereItIsGiven() throws IOException {
    Path link =
        Files.createSymbolicLink(
            directory.resolveSibling(directory.getFileName() + "-link"), directory);
    try {
      CommandRun run = CommandRun.of("ls", link);
      assertTrue(run.out().contains("  " + link.resolve("small.heaplight") + "\n"), run.out());
    } finally {
      Files.delete(link);
    }
  }

  private Path bare() throws IOException {
    return TestRecording.create(directory.resolve("bare.heaplight"), "bare", Map.of())
        .finish(1_500, 128, 2);
  }

  private static void assertUsage(String message, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertEquals(
        new CommandRun(
            2,
            "",
            "heaplight: "
                + message
                + "\nRun 'heaplight "
                + arguments[0]
                + " --help' for its options.\n"),
        run);
  }

  private Path recording(String name, long bytes, long peak) throws IOException {
    return recording(name, name, bytes, peak);
  }

  private Path recording(String file, String name, long bytes, long peak) throws IOException {
    TestRecording recording =
        TestRecording.create(
            directory.resolve(file + ".heaplight"), name, "task", "t-" + file, 1_000, "here", 1);
    int stack = recording.stack(TestRecording.frame("com.acme.Job.run", 42));
    recording.allocation(stack, "byte[]", 2, bytes).peak(stack, "byte[]", 1, peak).survivors();
    return recording.finish(1_500, 128, 2);
  }
}

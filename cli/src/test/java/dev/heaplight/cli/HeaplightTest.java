package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaplightTest {
  @TempDir Path directory;
  private Path recording;

  @BeforeEach
  void writeRecording() throws IOException {
    TestRecording test = TestRecording.create(directory.resolve("job-1.heaplight"));
    test.allocation("byte[]", 3, 96, TestRecording.frame("com.acme.Job.run", 42));
    recording = test.finish(1_500, 128, 2);
  }

  @Test
  void flameGraphIsPutBesideTheRecording() throws IOException {
    Path page = directory.resolve("heaplight-flamegraph-job-1.html");
    CommandRun run = CommandRun.of("flamegraph", recording);
    assertEquals(new CommandRun(0, "Wrote " + page + "\n", ""), run);
    assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
    assertEquals(List.of("heaplight-flamegraph-job-1.html", "job-1.heaplight"), files());
  }

  @Test
  void flameGraphCanBeAPicture() throws IOException {
    CommandRun run = CommandRun.of("flamegraph", recording, "--format", "svg");
    Path picture = directory.resolve("heaplight-flamegraph-job-1.svg");
    assertEquals(new CommandRun(0, "Wrote " + picture + "\n", ""), run);
    assertTrue(Files.readString(picture).contains("<svg "));
  }

  @Test
  void outputIsOverwrittenOnlyByForce() throws IOException {
    Path page = Files.writeString(directory.resolve("page.html"), "mine");
    assertFails(
        "cannot write " + page + ": it exists; overwrite it with -f or choose another with -o",
        "flamegraph",
        recording,
        "-o",
        page);
    assertEquals("mine", Files.readString(page));
    assertEquals(0, CommandRun.of("flamegraph", recording, "-f", "-o", page).exitCode());
    assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
  }

  @Test
  void recordingItselfIsNeverOverwritten() throws IOException {
    byte[] before = Files.readAllBytes(recording);
    assertFails(
        "cannot write " + recording + ": it is the recording itself; choose another with -o",
        "flamegraph",
        recording,
        "-f",
        "-o",
        recording);
    Path other = Files.copy(recording, directory.resolve("other.heaplight"));
    assertFails(
        "cannot write " + other + ": it is the recording itself; choose another with -o",
        "flamegraph",
        directory,
        "-f",
        "-o",
        other);
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(recording)));
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(other)));
  }

  @Test
  void outputInNoDirectoryIsOneLine() {
    Path page = directory.resolve("none/page.html");
    assertFails(
        "cannot write "
            + page
            + ": no directory "
            + page.getParent()
            + "; create it or choose another with -o",
        "flamegraph",
        recording,
        "-o",
        page);
  }

  @Test
  void flameGraphDoesNotGoToStandardOutput() {
    assertFails(
        "cannot write -: a .html report goes to a file; give a file name with -o",
        "flamegraph",
        recording,
        "-o",
        "-");
  }

  @Test
  void statsListAsManySitesAsAsked() {
    assertTrue(CommandRun.of("stats", "--json", "--top", 1, recording).out().contains("\"frame\""));
    assertFalse(
        CommandRun.of("stats", "--json", "--top", 0, recording).out().contains("\"frame\""));
    assertEquals(2, CommandRun.of("stats", "--top", -1, recording).exitCode());
  }

  @Test
  void statsPrintTextOrJson() {
    CommandRun text = CommandRun.of("stats", recording);
    assertEquals(0, text.exitCode());
    assertTrue(text.out().startsWith("Scope        allocate_memory\n"), text.out());
    CommandRun json = CommandRun.of("stats", "--json", recording);
    assertTrue(
        json.out()
            .startsWith("{\"file\":\"" + recording + "\",\"recordings\":1,\"complete\":true,"));
    assertEquals("", json.err());
  }

  @Test
  void collapsedGoesToAFileOrToStandardOutput() throws IOException {
    String line = "com.acme.Job.run:42;byte[] 96\n";
    assertEquals(
        new CommandRun(0, line, ""), CommandRun.of("transform", "collapsed", recording, "-o", "-"));
    Path file = directory.resolve("heaplight-collapsed-job-1.txt");
    assertEquals(
        new CommandRun(0, "Wrote " + file + "\n", ""),
        CommandRun.of("transform", "collapsed", recording));
    assertEquals(line, Files.readString(file));
  }

  @Test
  void metricChoosesSitesStacksAndNameOfTheFile() throws IOException {
    Path live = liveRecording();
    String line = "com.acme.Cache.fill:9;byte[] 64\n";
    assertEquals(
        new CommandRun(0, line, ""),
        CommandRun.of("transform", "collapsed", live, "--metric", "peak", "-o", "-"));
    assertEquals(
        new CommandRun(0, "com.acme.Cache.fill:9;direct 1024\n", ""),
        CommandRun.of("transform", "collapsed", live, "--metric", "OFF-HEAP-live", "-o", "-"));
    CommandRun stats = CommandRun.of("stats", live, "--metric=peak");
    assertTrue(stats.out().contains("\nLargest allocation sites by bytes live at peak\n"));
    CommandRun json = CommandRun.of("stats", live, "--metric=peak", "--json", "--collections");
    assertTrue(json.out().contains("\"collections\":[],\"metric\":\"peak\","), json.out());
    for (String format : List.of("html", "svg")) {
      Path file = directory.resolve("heaplight-flamegraph-peak-live." + format);
      assertEquals(
          new CommandRun(0, "Wrote " + file + "\n", ""),
          CommandRun.of("flamegraph", live, "--metric", "peak", "--format", format));
    }
    Path file = directory.resolve("heaplight-collapsed-peak-live.txt");
    assertEquals(
        new CommandRun(0, "Wrote " + file + "\n", ""),
        CommandRun.of("transform", "collapsed", live, "--metric", "peak"));
    assertEquals(line, Files.readString(file));
  }

  @Test
  void metricTheRecordingDoesNotHaveIsOneLine() {
    String facts = " figures: file=" + recording + ", mode=exact, agent=0.1.0; ";
    String live =
        "record without the agent's live=off, let the scope run longer or use --metric allocated";
    String offHeap = "the scope took no memory outside the heap or the agent did not track it";
    Map<String, String> endings =
        Map.of(
            "peak", "peak live" + facts + live,
            "surviving", "surviving" + facts + live,
            "temporary", "temporary" + facts + live,
            "off-heap", "off-heap" + facts + offHeap,
            "off-heap-live", "off-heap" + facts + offHeap);
    endings.forEach(
        (metric, ending) -> {
          String message = "cannot show metric " + metric + ": recording has no " + ending;
          assertFails(message, "stats", "--metric", metric, recording);
          assertFails(message, "flamegraph", "--metric", metric, recording);
          assertFails(message, "transform", "collapsed", "--metric", metric, recording);
        });
  }

  @Test
  void wrongMetricAndUselessOptionAreUsageErrors() {
    CommandRun metric = CommandRun.of("stats", "--metric", "rss", recording);
    assertEquals(2, metric.exitCode());
    assertEquals(
        """
        heaplight: Invalid value for option '--metric': expected one of [allocated, peak,\
         surviving, temporary, off-heap, off-heap-live] but was 'rss'
        Run 'heaplight stats --help' for its options.
        """,
        metric.err());
    CommandRun collections = CommandRun.of("stats", "--collections", recording);
    assertEquals(2, collections.exitCode());
    assertTrue(collections.err().contains("'--collections' goes with '--json' only"));
  }

  @Test
  void truncatedAfterwordIsReportedWithANote() throws IOException {
    byte[] bytes = Files.readAllBytes(recording);
    Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, bytes.length + 5));
    CommandRun run = CommandRun.of("stats", cut);
    assertEquals(0, run.exitCode());
    assertEquals(
        "note: " + cut + " is complete, but what was added after the scope's end is cut short\n",
        run.err());
    assertTrue(run.out().contains("\nEnded        closed by the program\n"), run.out());
    assertTrue(run.out().contains("\nCaveat: What was added after the scope's end"), run.out());
  }

  @Test
  void incompleteRecordingIsReportedWithANote() throws IOException {
    TestRecording test = TestRecording.create(directory.resolve("killed.heaplight"));
    Path killed = test.flush(1, 1, 0).abandon();
    String note =
        "note: "
            + killed
            + " did not end cleanly: the worker still runs or was killed;"
            + " at most the last flush is missing\n";
    for (String verb : List.of("stats", "flamegraph")) {
      CommandRun run = CommandRun.of(verb, killed);
      assertEquals(0, run.exitCode());
      assertEquals(note, run.err());
    }
  }

  @Test
  void missingFileIsOneLine() {
    Path none = directory.resolve("none.heaplight");
    assertUnreadable(none, "no such file; check the path");
  }

  @Test
  void directoryWithoutRecordingsIsOneLine() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertUnreadable(
        empty,
        "it holds no readable recording;"
            + " give a .heaplight file, a .jfr file or a directory with some");
  }

  @Test
  void recordingsOfADirectoryAreAddedUp() throws IOException {
    TestRecording other = TestRecording.create(directory.resolve("job-2.heaplight"));
    other.allocation("byte[]", 1, 4, TestRecording.frame("com.acme.Job.run", 42));
    other.finish(1_500, 128, 2);
    Files.writeString(directory.resolve("broken.heaplight"), "no recording");
    CommandRun run = CommandRun.of("transform", "collapsed", "-o", "-", directory);
    assertEquals(0, run.exitCode());
    assertEquals("com.acme.Job.run:42;byte[] 100\n", run.out());
    assertEquals(
        "note: passed over: cannot read "
            + directory.resolve("broken.heaplight")
            + ": it is not a Heaplight recording; give a .heaplight file written by the agent\n",
        run.err());
  }

  @Test
  void selectionLeavesOutAndSaysSo() {
    assertEquals(
        "", CommandRun.of("transform", "collapsed", "-o", "-", "--class", "int", recording).out());
    String stats = CommandRun.of("stats", "--exclude", "com.acme", recording).out();
    assertTrue(stats.contains("Caveat: Only stacks not through com.acme."), stats);
  }

  @Test
  void budgetsThatAreKeptAreOk() {
    assertEquals(
        new CommandRun(0, "ok: 1 recording within budget\n", ""),
        CommandRun.of("check", "--max-allocated", "96", "--max-off-heap", "0", recording));
  }

  @Test
  void exceededBudgetHasItsOwnExitCodeAndTheStack() {
    String line =
        "exceeded: " + recording + ": allocate_memory: 96 B (96 bytes) allocated, budget 95 B\n";
    String stack = "  96 B, 100.0 %: byte[]\n    at com.acme.Job.run(Job.java:42)\n";
    assertEquals(
        new CommandRun(3, line + stack, ""),
        CommandRun.of("check", "--max-allocated", "95", recording));
  }

  @Test
  void budgetOfAMetricThatIsNotThereIsAnError() {
    assertFails(
        "cannot show that "
            + recording
            + ": allocate_memory keeps --max-peak 1.00 GiB: it has no peak figures;"
            + " record without live=off and let it end, or pass --allow-unknown",
        "check",
        "--max-peak",
        "1g",
        recording);
  }

  @Test
  void checkWithoutABudgetIsAUsageError() {
    assertEquals(2, CommandRun.of("check", recording).exitCode());
    assertEquals(2, CommandRun.of("check", "--max-peak", "many", recording).exitCode());
  }

  @Test
  void recordingsAreListedWithTheirState() throws IOException {
    Files.writeString(directory.resolve("broken.heaplight"), "no recording");
    CommandRun run = CommandRun.of("ls", "--json", "--sort", "name", directory);
    assertEquals(
        "{\"recordings\":[{\"file\":\""
            + recording
            + "\",\"state\":\"complete\",\"sizeBytes\":"
            + Files.size(recording)
            + ",\"name\":\"allocate_memory\",\"kind\":\"task\",\"id\":\"t-1\","
            + "\"startEpochMillis\":1767225600000,\"allocatedBytes\":96,\"peakLiveBytes\":null,"
            + "\"durationMillis\":1500},{\"file\":\""
            + directory.resolve("broken.heaplight")
            + "\",\"state\":\"damaged\",\"sizeBytes\":12,\"name\":null,\"kind\":null,\"id\":null,"
            + "\"startEpochMillis\":null,\"allocatedBytes\":null,\"peakLiveBytes\":null,"
            + "\"durationMillis\":null}]}\n",
        run.out());
  }

  @Test
  void sameRecordingsDiffInNothing() {
    CommandRun run = CommandRun.of("diff", recording, recording);
    assertTrue(run.out().contains("\nNo stack differs.\n"), run.out());
  }

  @Test
  void completionKnowsVerbsAndTheirOptions() {
    String fish = CommandRun.of("completion", "fish").out();
    assertTrue(
        fish.contains(
            "complete -c heaplight -n '__fish_use_subcommand' -f -a 'flamegraph'"
                + " -d 'Writes a flame graph of a recording: an interactive page, or a picture.'\n"),
        fish);
    assertTrue(
        fish.contains(
            "complete -c heaplight -n '__fish_seen_subcommand_from transform;"
                + " and not __fish_seen_subcommand_from pprof speedscope"),
        fish);
    assertTrue(
        fish.contains(
            "complete -c heaplight -n '__fish_seen_subcommand_from transform;"
                + " and __fish_seen_subcommand_from csv' -s o -l output -r -d"),
        fish);
    String bash = CommandRun.of("completion", "bash").out();
    assertTrue(bash.contains("complete -F _complete_heaplight -o default heaplight"), bash);
    assertEquals(bash, CommandRun.of("completion", "zsh").out());
    assertEquals(2, CommandRun.of("completion", "tcsh").exitCode());
  }

  @Test
  void mergeAndAdviseSumUpByName() {
    assertTrue(CommandRun.of("merge", directory).out().contains("\nallocate_memory  task "));
    assertTrue(
        CommandRun.of("advise", "--memory", "10GB", directory)
            .out()
            .contains("How many fit is not known: no recording knows its peak."));
    assertEquals(2, CommandRun.of("advise", "--usable", "1.5", directory).exitCode());
  }

  @Test
  void wrongPatternsAndTimesAreUsageErrors() {
    assertEquals(2, CommandRun.of("stats", "--thread", "(", recording).exitCode());
    assertEquals(2, CommandRun.of("stats", "--from", "soon", recording).exitCode());
    assertEquals(2, CommandRun.of("flamegraph", "--depth", 0, recording).exitCode());
    assertEquals(2, CommandRun.of("stats", "--from", "5s", "--to", "1s", recording).exitCode());
  }

  @Test
  void emptyFileIsOneLine() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.heaplight"));
    assertUnreadable(empty, "it is empty; give a .heaplight file written by the agent");
  }

  @Test
  void textFileIsOneLine() throws IOException {
    Path text = Files.writeString(directory.resolve("notes.txt"), "not a recording\n".repeat(9));
    assertUnreadable(
        text, "it is not a Heaplight recording; give a .heaplight file written by the agent");
  }

  @Test
  void otherVersionsAreOneLine() throws IOException {
    String self = "this is Heaplight " + Version.current() + ", which reads version 1";
    byte[] bytes = Files.readAllBytes(recording);
    bytes[8] = 2;
    Path newer = Files.write(directory.resolve("newer.heaplight"), bytes);
    assertUnreadable(
        newer,
        "it has format version 2, and "
            + self
            + "; use the Heaplight that wrote it or a newer one");
    int payload = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, 16);
    crc.update(bytes, 20, payload);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(16, (int) crc.getValue());
    Path intact = Files.write(directory.resolve("intact.heaplight"), bytes);
    assertUnreadable(
        intact,
        "it has format version 2, written by Heaplight 0.1.0, and "
            + self
            + "; use Heaplight 0.1.0 or a newer one");
    bytes[8] = 0;
    Path older = Files.write(directory.resolve("older.heaplight"), bytes);
    assertUnreadable(
        older, "it has format version 0, and " + self + "; use the Heaplight that wrote it");
  }

  @Test
  void eachFlippedByteIsOneLine() throws IOException {
    byte[] bytes = Files.readAllBytes(recording);
    Path damaged = directory.resolve("damaged.heaplight");
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 0x55;
      Files.write(damaged, bytes);
      bytes[i] ^= 0x55;
      CommandRun run = CommandRun.of("flamegraph", damaged);
      assertEquals(1, run.exitCode(), "byte " + i);
      assertTrue(run.err().matches("heaplight: cannot read [^\n]*; [^\n]*\n"), run.err());
    }
    assertEquals(List.of("damaged.heaplight", "job-1.heaplight"), files());
  }

  @Test
  void damageIsToldWithItsOffset() throws IOException {
    byte[] bytes = Files.readAllBytes(recording);
    bytes[25] ^= 1;
    Path damaged = Files.write(directory.resolve("damaged.heaplight"), bytes);
    assertUnreadable(damaged, "it is damaged at byte 0; copy it again from where it was written");
  }

  @Test
  void verboseAddsTheStackTrace() {
    CommandRun run = CommandRun.of("stats", "--verbose", directory.resolve("none"));
    assertEquals(1, run.exitCode());
    assertTrue(run.err().startsWith("heaplight: cannot read "), run.err());
    assertTrue(run.err().contains("\tat dev.heaplight.cli."), run.err());
  }

  @Test
  void wrongUsageIsTwoLinesAndExitCodeTwo() {
    assertEquals(
        new CommandRun(
            2,
            "",
            """
            heaplight: Missing required parameter: 'FILE'
            Run 'heaplight stats --help' for its options.
            """),
        CommandRun.of("stats"));
    assertEquals(2, CommandRun.of().exitCode());
    assertEquals(2, CommandRun.of("nosuchverb").exitCode());
    CommandRun format = CommandRun.of("flamegraph", "--format", "pdf", recording);
    assertEquals(2, format.exitCode());
    assertTrue(format.err().contains("expected one of [html, svg]"), format.err());
  }

  @Test
  void helpAndVersionAreAnswers() {
    CommandRun version = CommandRun.of("--version");
    assertTrue(version.out().matches("heaplight \\d+\\.\\d+\\.\\d+\\S*\n"), version.out());
    for (Object[] arguments :
        List.of(
            new Object[] {"--help"},
            new Object[] {"help", "stats"},
            new Object[] {"transform", "collapsed", "--help"})) {
      CommandRun run = CommandRun.of(arguments);
      assertEquals(0, run.exitCode());
      assertTrue(run.out().startsWith("Usage: heaplight "), run.out());
      assertEquals("", run.err());
    }
  }

  private Path liveRecording() throws IOException {
    TestRecording live = TestRecording.create(directory.resolve("live.heaplight"));
    int stack = live.stack(TestRecording.frame("com.acme.Cache.fill", 9));
    live.allocation(stack, "byte[]", 3, 96).peak(stack, "byte[]", 2, 64);
    return live.offHeap(stack, "direct", 2, 2_048, 1, 1_024).finish(1_500, 128, 2);
  }

  private void assertUnreadable(Path file, String why) {
    for (String verb : List.of("flamegraph", "stats")) {
      assertFails("cannot read " + file + ": " + why, verb, file);
    }
    assertFails("cannot read " + file + ": " + why, "transform", "collapsed", file);
  }

  private void assertFails(String message, Object... arguments) {
    List<String> before = files();
    assertEquals(new CommandRun(1, "", "heaplight: " + message + "\n"), CommandRun.of(arguments));
    assertFalse(message.contains("\n"));
    assertEquals(before, files());
  }

  private List<String> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

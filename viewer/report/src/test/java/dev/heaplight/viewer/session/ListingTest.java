package dev.heaplight.viewer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.heaplight.format.Progress;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {
  private static final String HOST = "here";

  @TempDir Path directory;

  @Test
  void stateTellsHowARecordingStands() throws IOException {
    long now = System.currentTimeMillis();
    long self = ProcessHandle.current().pid();
    assertEquals(RecordingState.COMPLETE, state(create("done", HOST, self, now).finish(1, 1, 0)));
    assertEquals(RecordingState.OPEN, state(create("runs", HOST, self, now).abandon()));
    assertEquals(RecordingState.CUT_OFF, state(create("elsewhere", "there", self, now).abandon()));
    assertEquals(
        RecordingState.CUT_OFF, state(create("gone", HOST, Long.MAX_VALUE, now).abandon()));
    // Long before this process began: another process had its number.
    assertEquals(RecordingState.CUT_OFF, state(create("reused", HOST, self, 0).abandon()));
    assertEquals(
        RecordingState.DAMAGED, state(Files.writeString(directory.resolve("x.heaplight"), "?")));
  }

  @Test
  void changedBytesAreDamage() throws IOException {
    Path file =
        create("job", HOST, 1, 0)
            .allocation("byte[]", 3, 96, TestRecording.frame("com.acme.Job.run", 42))
            .finish(1_500, 128, 2);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1; // in the footer
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.fromMillis(77_000));
    Listing listing = ListingReader.read(file, HOST, false);
    assertEquals(RecordingState.DAMAGED, listing.state());
    assertNull(listing.header());
    assertEquals("job-0.heaplight", listing.name());
    assertEquals(77_000, listing.startEpochMillis());
  }

  @Test
  void damageInWhatIsSkimmedIsFoundByVerifying() throws IOException {
    Path file =
        create("job", HOST, 1, 0)
            .allocation("byte[]", 3, 96, TestRecording.frame("com.acme.Job.run", 42))
            .finish(1_500, 128, 2);
    byte[] bytes = Files.readAllBytes(file);
    int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("com.acme.Job");
    bytes[name] ^= 1; // in the dictionary
    Files.write(file, bytes);
    assertEquals(RecordingState.COMPLETE, ListingReader.read(file, HOST, false).state());
    assertEquals(RecordingState.DAMAGED, ListingReader.read(file, HOST, true).state());
  }

  @Test
  void tableAndJsonShowWhatIsKnown() throws IOException {
    TestRecording done = create("load", HOST, 1, 5_000);
    int stack = done.stack(TestRecording.frame("com.acme.Job.run", 42));
    done.allocation(stack, "byte[]", 3, 2_048).peak(stack, "byte[]", 1, 1_024);
    Path file = done.finish(1_500, 128, 2);
    Path broken = Files.writeString(directory.resolve("b.heaplight"), "?");
    Files.setLastModifiedTime(broken, FileTime.fromMillis(8_000));
    List<Listing> listings =
        List.of(ListingReader.read(file, HOST, false), ListingReader.read(broken, HOST, false));
    long size = Files.size(file);
    StringBuilder text = new StringBuilder();
    ListingReport report = new ListingReport(listings);
    report.writeText(10_000, text);
    assertEquals(
        "STATE     ALLOCATED      PEAK  DURATION   SIZE    AGE  KIND  SCOPE  ID      FILE\n"
            + "complete   2.00 KiB  1.00 KiB     1.5 s  "
            + size
            + " B  5.0 s  task  load   t-5000  "
            + file
            + "\ndamaged           -         -         -    1 B  2.0 s  -     -      -       "
            + broken
            + "\n2 recordings\n",
        text.toString());
    StringBuilder json = new StringBuilder();
    report.writeJson(json);
    assertEquals(
        "{\"recordings\":[{\"file\":\""
            + file
            + "\",\"state\":\"complete\",\"sizeBytes\":"
            + size
            + ",\"name\":\"load\",\"kind\":\"task\",\"id\":\"t-5000\","
            + "\"startEpochMillis\":5000,\"allocatedBytes\":2048,\"peakLiveBytes\":1024,"
            + "\"durationMillis\":1500},{\"file\":\""
            + broken
            + "\",\"state\":\"damaged\",\"sizeBytes\":1,\"name\":null,\"kind\":null,"
            + "\"id\":null,\"startEpochMillis\":null,\"allocatedBytes\":null,"
            + "\"peakLiveBytes\":null,\"durationMillis\":null}]}\n",
        json.toString());
  }

  @Test
  void figuresOfASkimmedRecordingAreThoseOfTheModel() throws IOException {
    TestRecording recording = create("job", HOST, 1, 5_000);
    int stack = recording.stack(TestRecording.frame("com.acme.Job.run", 42));
    recording.allocation(stack, "byte[]", 3, 4_096).peak(stack, "byte[]", 1, 512);
    recording.flush(700, 64, 1);
    recording.allocation(stack, "int[]", 9, 100).peak(stack, "byte[]", 1, 1_024).survivors();
    Path file = recording.finish(1_500, 128, 2);
    RecordingModel model = RecordingModel.read(file);
    Listing listing = ListingReader.read(file, HOST, false);
    assertEquals(model.header(), listing.header());
    assertEquals(model.totals().totalBytes(), listing.allocatedBytes());
    assertEquals(4_196, listing.allocatedBytes());
    assertEquals(1_024, listing.peakBytes());
    assertEquals(model.durationMillis().orElseThrow(), listing.durationMillis());
  }

  @Test
  void recordingWithoutAnEndIsSummedUp() throws IOException {
    TestRecording recording = create("job", HOST, 1, 5_000);
    recording.allocation("byte[]", 3, 4_096, TestRecording.frame("com.acme.Job.run", 42));
    recording.flush(700, 64, 1);
    Listing listing = ListingReader.read(recording.abandon(), HOST, false);
    assertEquals(4_096, listing.allocatedBytes());
    assertEquals(Progress.UNKNOWN, listing.peakBytes());
    assertEquals(700, listing.durationMillis());
  }

  @Test
  void ordersPutTheLargestAndTheEarliestFirst() throws IOException {
    List<Listing> listings = new ArrayList<>();
    listings.add(listing("b", 1_000, 10, 300));
    listings.add(listing("a", 2_000, 30, 100));
    listings.add(listing("c", 3_000, 20, 200));
    assertEquals(List.of("a", "b", "c"), sorted(listings, ListingOrder.NAME));
    assertEquals(List.of("a", "c", "b"), sorted(listings, ListingOrder.BYTES));
    assertEquals(List.of("b", "c", "a"), sorted(listings, ListingOrder.PEAK));
    assertEquals(List.of("b", "a", "c"), sorted(listings, ListingOrder.TIME));
  }

  private static List<String> sorted(List<Listing> listings, ListingOrder order) {
    return listings.stream().sorted(order.comparator()).map(Listing::name).toList();
  }

  private Listing listing(String name, long start, long bytes, long peak) throws IOException {
    TestRecording recording = create(name, HOST, 1, start);
    int stack = recording.stack(TestRecording.frame("com.acme.Job.run", 42));
    recording.allocation(stack, "byte[]", 1, bytes).peak(stack, "byte[]", 1, peak);
    return ListingReader.read(recording.finish(1_500, 128, 2), HOST, false);
  }

  private static RecordingState state(Path file) throws IOException {
    return ListingReader.read(file, HOST, false).state();
  }

  private TestRecording create(String name, String host, long pid, long start) throws IOException {
    Path file = directory.resolve(name + "-" + start + ".heaplight");
    return TestRecording.create(file, name, "task", "t-" + start, start, host, pid);
  }
}

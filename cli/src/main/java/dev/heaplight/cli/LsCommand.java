package dev.heaplight.cli;

import dev.heaplight.format.LiveKind;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.input.InputFiles;
import dev.heaplight.viewer.input.ModelReader;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.JsonWriter;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists recordings. */
@Command(
    name = "ls",
    description =
        "Lists the recordings of a session: what they are of, how large, and their state.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LsCommand implements Callable<Integer> {
  /** Orders by the names users type, which is why they are in small letters. */
  enum Order {
    time,
    name,
    bytes,
    peak,
    size
  }

  /** What one line shows, without the recording itself; figures not known are negative. */
  private record Entry(
      Path file,
      long sizeBytes,
      String state,
      @Nullable RecordingHeader header,
      long allocatedBytes,
      long peakBytes,
      long durationMillis) {
    private String name() {
      return header == null ? "" : header.name();
    }

    private long startMillis() {
      return header == null ? Long.MAX_VALUE : header.startEpochMillis();
    }
  }

  private static final long UNKNOWN = -1;
  private static final String ROW = "%-10s  %10s  %10s  %10s  %10s  %-8s  %s  %s\n";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SESSION",
      arity = "0..*",
      description = "Session directories or recordings. Default: the latest session.")
  private List<Path> paths = List.of();

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "time",
      description = "time, name, bytes, peak or size. Default: ${DEFAULT-VALUE}.")
  private Order order;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws UserError, IOException {
    List<Entry> entries = new ArrayList<>();
    PrintWriter err = spec.commandLine().getErr();
    List<Path> files = files();
    ReadProgress progress = new ReadProgress(files.size(), err);
    for (Path file : files) {
      progress.next();
      entries.add(entry(file));
    }
    progress.end();
    entries.sort(comparator());
    if (json) {
      writeJson(entries);
    } else {
      writeText(entries);
    }
    return 0;
  }

  private List<Path> files() throws UserError, IOException {
    List<Path> places = paths.isEmpty() ? List.of(latestSession()) : paths;
    for (Path place : places) {
      if (!Files.exists(place)) {
        throw new UserError("cannot list " + place, "no such directory", "check the path");
      }
    }
    return InputFiles.of(places);
  }

  /** Where the agent's own sessions are; see the agent's option {@code session}. */
  private static Path latestSession() {
    String given = System.getenv("HEAPLIGHT_SESSION_DIR");
    return given == null || given.isEmpty()
        ? Path.of("/tmp/heaplight/session_latest").normalize()
        : Path.of(given);
  }

  private static Entry entry(Path file) throws IOException {
    long size = Files.size(file);
    try {
      RecordingModel model = ModelReader.read(file, TimeWindow.WHOLE);
      String state =
          model.complete()
              ? "complete"
              : ProcessHandle.of(model.header().pid()).isPresent() ? "open" : "cut off";
      return new Entry(
          file,
          size,
          state,
          model.header(),
          model.totals().totalBytes(),
          model.live(LiveKind.PEAK).map(live -> live.totals().totalBytes()).orElse(UNKNOWN),
          model.durationMillis().orElse(UNKNOWN));
    } catch (IOException e) {
      return new Entry(file, size, "damaged", null, UNKNOWN, UNKNOWN, UNKNOWN);
    }
  }

  private Comparator<Entry> comparator() {
    Comparator<Entry> byFile = Comparator.comparing(Entry::file);
    return switch (order) {
      case time -> Comparator.comparingLong(Entry::startMillis).thenComparing(byFile);
      case name -> Comparator.comparing(Entry::name).thenComparing(byFile);
      case bytes ->
          Comparator.comparingLong(Entry::allocatedBytes).reversed().thenComparing(byFile);
      case peak -> Comparator.comparingLong(Entry::peakBytes).reversed().thenComparing(byFile);
      case size -> Comparator.comparingLong(Entry::sizeBytes).reversed().thenComparing(byFile);
    };
  }

  private void writeText(List<Entry> entries) {
    PrintWriter out = spec.commandLine().getOut();
    out.append(
        String.format(
            ROW, "state", "allocated", "peak", "duration", "size", "kind", "scope", "file"));
    for (Entry entry : entries) {
      RecordingHeader header = entry.header();
      out.append(
          String.format(
              ROW,
              entry.state(),
              bytes(entry.allocatedBytes()),
              bytes(entry.peakBytes()),
              entry.durationMillis() < 0 ? "-" : Figures.duration(entry.durationMillis()),
              Figures.bytes(entry.sizeBytes()),
              header == null ? "-" : PlainText.oneLine(header.kind()),
              header == null ? "-" : PlainText.oneLine(header.name() + " " + header.id()),
              PlainText.oneLine(entry.file().toString())));
    }
    out.println(entries.size() + (entries.size() == 1 ? " recording" : " recordings"));
  }

  private static String bytes(long bytes) {
    return bytes < 0 ? "-" : Figures.bytes(bytes);
  }

  private void writeJson(List<Entry> entries) throws IOException {
    JsonWriter writer = new JsonWriter(spec.commandLine().getOut()).open('{');
    writer.name("recordings").open('[');
    for (Entry entry : entries) {
      RecordingHeader header = entry.header();
      writer.open('{').name("file").value(entry.file().toString());
      writer.name("state").value(entry.state()).name("sizeBytes").value(entry.sizeBytes());
      writer.name("name").value(header == null ? null : header.name());
      writer.name("kind").value(header == null ? null : header.kind());
      writer.name("id").value(header == null ? null : header.id());
      writer
          .name("startEpochMillis")
          .value(header == null ? null : (Object) header.startEpochMillis());
      writer.name("allocatedBytes").value(orNull(entry.allocatedBytes()));
      writer.name("peakLiveBytes").value(orNull(entry.peakBytes())).close('}');
    }
    writer.close(']').close('}');
    spec.commandLine().getOut().println();
  }

  private static @Nullable Object orNull(long bytes) {
    return bytes < 0 ? null : bytes;
  }
}

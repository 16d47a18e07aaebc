package dev.heaplight.viewer.damage;

import com.sun.management.ThreadMXBean;
import dev.heaplight.format.RecordingException;
import dev.heaplight.viewer.export.CollapsedStacks;
import dev.heaplight.viewer.export.RowsJson;
import dev.heaplight.viewer.flamegraph.FlameGraph;
import dev.heaplight.viewer.input.ModelReader;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import dev.heaplight.viewer.records.RecordText;
import dev.heaplight.viewer.rollup.OutlineReader;
import dev.heaplight.viewer.session.Listing;
import dev.heaplight.viewer.session.ListingReader;
import dev.heaplight.viewer.stats.StatsJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads damaged files and makes reports of what can be read. Anything but a typed refusal or a
 * report is thrown on, with the seed that leads there again.
 *
 * <p>Run by hand with more inputs: {@code DamageRun DIRECTORY INPUTS SEED}, the directory holding
 * the files to damage.
 */
public final class DamageRun {
  private static final int MAX_NODES = 100_000;

  private final List<byte[]> wholes;
  private final Path file;
  private final boolean recordings;
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private long worstNanos;
  private long worstBytes;
  private long worstSeed;

  /**
   * A run.
   *
   * @param wholes files to damage
   * @param file where to put a damaged one
   * @param recordings whether they are of Heaplight's own format
   */
  DamageRun(List<byte[]> wholes, Path file, boolean recordings) {
    this.wholes = List.copyOf(wholes);
    this.file = file;
    this.recordings = recordings;
  }

  /** Takes a directory with files to damage, the number of inputs and the first seed. */
  public static void main(String[] arguments) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (boolean recordings : new boolean[] {true, false}) {
      String extension = recordings ? ".heaplight" : ".jfr";
      List<byte[]> wholes =
          files.stream()
              .filter(found -> found.toString().endsWith(extension))
              .map(DamageRun::bytes)
              .toList();
      if (!wholes.isEmpty()) {
        Path file = Files.createTempFile("damaged", extension);
        DamageRun run = new DamageRun(wholes, file, recordings);
        run.run(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
        Files.delete(file);
        System.out.println(run);
      }
    }
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads {@code inputs} damaged files; those of seeds that follow one another. */
  void run(int inputs, long firstSeed) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (long seed = firstSeed; seed < firstSeed + inputs; seed++) {
      Random random = new Random(seed);
      Damager damager = new Damager(random);
      byte[] whole = wholes.get(random.nextInt(wholes.size()));
      byte[] other = wholes.get(random.nextInt(wholes.size()));
      Files.write(file, recordings ? damager.damage(whole, other) : damager.damageBytes(whole));
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long nanos = System.nanoTime();
      String outcome;
      try {
        outcome = read();
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed=" + seed, e);
      }
      outcomes.merge(outcome, 1, Integer::sum);
      worstNanos = Math.max(worstNanos, System.nanoTime() - nanos);
      long allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
      if (allocated > worstBytes) {
        worstBytes = allocated;
        worstSeed = seed;
      }
    }
  }

  private String read() throws IOException {
    RecordingModel model;
    Listing unused = ListingReader.read(file, "host", false);
    boolean summedUp = isSummedUp();
    try {
      model = ModelReader.read(file, TimeWindow.WHOLE);
    } catch (RecordingException e) {
      return e.getClass().getSimpleName();
    }
    if (!summedUp) {
      throw new IllegalStateException("read in full, but not summed up");
    }
    for (Metric metric : Metric.values()) {
      MetricView view = MetricView.of(model, metric).orElse(null);
      if (view != null) {
        if (FlameGraph.of(view, MAX_NODES).bytes(0) != view.totals().totalBytes()) {
          throw new IllegalStateException("the graph's root is not the total: " + metric);
        }
        CollapsedStacks.write(view, Writer.nullWriter());
        RowsJson.write(view, Writer.nullWriter());
        StatsJson.write(view, 10, true, Writer.nullWriter());
      }
    }
    if (recordings) {
      RecordText.write(file, true, Writer.nullWriter());
    }
    return model.complete() ? "complete" : "partial";
  }

  /** Summing up looks at less, and may take what reading in full refuses; not the reverse. */
  private boolean isSummedUp() throws IOException {
    try {
      return OutlineReader.read(file).file().equals(file);
    } catch (RecordingException e) {
      return false;
    }
  }

  /** Bytes that the worst input had the reading thread allocate. */
  long worstBytes() {
    return worstBytes;
  }

  /** How many inputs ended how. */
  Map<String, Integer> outcomes() {
    return outcomes;
  }

  @Override
  public String toString() {
    return outcomes
        + String.format(
            ", longest=%d ms, most allocated=%,d bytes (seed %d)",
            worstNanos / 1_000_000, worstBytes, worstSeed);
  }
}

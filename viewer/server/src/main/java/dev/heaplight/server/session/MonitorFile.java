package dev.heaplight.server.session;

import dev.heaplight.monitor.session.MonitorDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The counts and gauges that the monitor which leads on this node wrote last, in the text format of
 * Prometheus.
 *
 * @param writtenMillis when, milliseconds since the epoch; 0 if there are none
 * @param samples all of them
 */
public record MonitorFile(long writtenMillis, List<Sample> samples) {
  private static final long MAX_BYTES = 8 << 20;
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]{1,100})(?:\\{(.*)})? (-?[0-9.eE+-]{1,30})");
  private static final Pattern LEVEL = Pattern.compile("level=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** A monitor writes every 5 s while it leads. */
  private static final long FRESH_MILLIS = 30_000;

  /** No monitor has written any. */
  static final MonitorFile NONE = new MonitorFile(0, List.of());

  /**
   * A sample.
   *
   * @param labels as they are written, without braces
   */
  public record Sample(String name, String labels, double value) {}

  /** Reads the file; none of a file that cannot be read. */
  static MonitorFile read(MonitorDirectory directory) {
    Path file = directory.metrics();
    List<Sample> samples = new ArrayList<>();
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return NONE;
      }
      long written = Files.getLastModifiedTime(file).toMillis();
      for (String line : Files.readString(file).split("\n", -1)) {
        Matcher sample = SAMPLE.matcher(line);
        if (sample.matches()) {
          String labels = sample.group(2);
          samples.add(
              new Sample(
                  sample.group(1),
                  labels == null ? "" : labels,
                  Double.parseDouble(sample.group(3))));
        }
      }
      return new MonitorFile(written, List.copyOf(samples));
    } catch (IOException | NumberFormatException e) {
      return NONE; // being replaced
    }
  }

  /** Whether a monitor leads, by when it wrote last. */
  public boolean isFresh(long nowMillis) {
    return nowMillis - writtenMillis < FRESH_MILLIS;
  }

  /** Value of the first sample of a name; -1 if there is none. */
  public long value(String name) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .mapToLong(sample -> (long) sample.value())
        .findFirst()
        .orElse(-1);
  }

  /** Path of the bound that the monitor acts by; empty if it does not say. */
  public String level() {
    for (Sample sample : samples) {
      Matcher level = LEVEL.matcher(sample.labels());
      if (sample.name().equals("heaplight_node_memory_total_bytes") && level.find()) {
        return level.group(1).replace("\\\"", "\"").replace("\\\\", "\\");
      }
    }
    return "";
  }
}

package dev.heaplight.bench.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bytes by call path, in names that all profilers agree on. */
final class PathDistribution {
  private final Map<String, Double> bytesByPath = new HashMap<>();
  private double totalBytes;

  /**
   * Adds bytes allocated at a path.
   *
   * @param frames from the outermost on, as {@code package.Class.method}; what lies outside of
   *     {@code marker}, and the JVM's hidden frames, are left out
   */
  void add(List<String> frames, String marker, double bytes) {
    int start = frames.lastIndexOf(marker);
    if (start < 0) {
      return;
    }
    List<String> path = new ArrayList<>();
    for (String frame : frames.subList(start + 1, frames.size())) {
      if (!frame.contains("$$Lambda") && !frame.contains("LambdaForm")) {
        path.add(frame);
      }
    }
    bytesByPath.merge(String.join(";", path), bytes, Double::sum);
    totalBytes += bytes;
  }

  /** Half the sum of differences of shares: 0 for the same distribution, 1 for disjoint ones. */
  double distanceTo(PathDistribution other) {
    Set<String> paths = new HashSet<>(bytesByPath.keySet());
    paths.addAll(other.bytesByPath.keySet());
    double sum = 0;
    for (String path : paths) {
      sum += Math.abs(share(path) - other.share(path));
    }
    return sum / 2;
  }

  /** How far the shares of the truth's largest paths are off, as a share of what they are. */
  double topErrorAgainst(PathDistribution truth, int top) {
    List<String> largest =
        truth.bytesByPath.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(top)
            .map(Map.Entry::getKey)
            .toList();
    double off = 0;
    double all = 0;
    for (String path : largest) {
      off += Math.abs(share(path) - truth.share(path));
      all += truth.share(path);
    }
    return off / all;
  }

  private double share(String path) {
    return bytesByPath.getOrDefault(path, 0.0) / totalBytes;
  }

  double totalBytes() {
    return totalBytes;
  }

  int paths() {
    return bytesByPath.size();
  }

  /** The paths whose shares differ most, for a look at why. */
  List<String> largestDifferences(PathDistribution other, int limit) {
    Set<String> paths = new HashSet<>(bytesByPath.keySet());
    paths.addAll(other.bytesByPath.keySet());
    return paths.stream()
        .sorted(
            (a, b) ->
                Double.compare(
                    Math.abs(share(b) - other.share(b)), Math.abs(share(a) - other.share(a))))
        .limit(limit)
        .map(path -> share(path) + " " + other.share(path) + " " + path)
        .toList();
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    bytesByPath.forEach((path, bytes) -> lines.add(path + " " + bytes));
    Files.write(file, lines, StandardCharsets.UTF_8);
  }

  static PathDistribution read(Path file) throws IOException {
    PathDistribution distribution = new PathDistribution();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      int space = line.lastIndexOf(' ');
      double bytes = Double.parseDouble(line.substring(space + 1));
      distribution.bytesByPath.merge(line.substring(0, space), bytes, Double::sum);
      distribution.totalBytes += bytes;
    }
    return distribution;
  }
}

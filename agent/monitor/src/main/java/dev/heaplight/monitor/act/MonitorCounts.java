package dev.heaplight.monitor.act;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts and gauges, named as Prometheus wants names, to be exposed by whatever serves the session.
 * Used by one thread.
 */
final class MonitorCounts {
  private final Map<String, Map<String, Long>> counters = new TreeMap<>();
  private final Map<String, Map<String, Long>> gauges = new TreeMap<>();

  /** Adds one to a counter; its name ends in {@code _total}. */
  void count(String name, String labels) {
    counters.computeIfAbsent(name, unused -> new TreeMap<>()).merge(labels, 1L, Long::sum);
  }

  /** Sets a counter that is kept elsewhere. */
  void counter(String name, String labels, long value) {
    counters.computeIfAbsent(name, unused -> new TreeMap<>()).put(labels, value);
  }

  /** Sets a gauge. */
  void gauge(String name, String labels, long value) {
    gauges.computeIfAbsent(name, unused -> new TreeMap<>()).put(labels, value);
  }

  /** Drops a gauge with all its labels. */
  void dropGauge(String name) {
    gauges.remove(name);
  }

  /** A label and its value, escaped. */
  static String label(String name, String value) {
    return name
        + "=\""
        + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + "\"";
  }

  /** All of them in the text format of Prometheus, version 0.0.4. */
  String text() {
    StringBuilder text = new StringBuilder();
    append("counter", counters, text);
    append("gauge", gauges, text);
    return text.toString();
  }

  private static void append(
      String type, Map<String, Map<String, Long>> families, StringBuilder text) {
    families.forEach(
        (name, samples) -> {
          text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
          samples.forEach(
              (labels, value) -> {
                text.append(name);
                if (!labels.isEmpty()) {
                  text.append('{').append(labels).append('}');
                }
                text.append(' ').append(value).append('\n');
              });
        });
  }
}

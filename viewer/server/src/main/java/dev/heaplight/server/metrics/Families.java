package dev.heaplight.server.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects samples into families, and values of equal labels into one. Used by one thread. */
final class Families {
  private final Map<String, Family> gauges = new LinkedHashMap<>();
  private final Map<String, Family> counters = new LinkedHashMap<>();
  private final MetricSnapshots.Builder others = MetricSnapshots.builder();

  private record Family(String help, Map<Labels, Double> samples) {}

  /** Adds to a gauge; {@code labels} are names and values by turns. */
  void gauge(String name, String help, Number value, String... labels) {
    add(gauges, name, help, value, labels);
  }

  /** Adds to a counter; its name goes without {@code _total}. */
  void counter(String name, String help, Number value, String... labels) {
    add(counters, name, help, value, labels);
  }

  private static void add(
      Map<String, Family> to, String name, String help, Number value, String... labels) {
    to.computeIfAbsent(name, unused -> new Family(help, new LinkedHashMap<>()))
        .samples()
        .merge(Labels.of(labels), value.doubleValue(), Double::sum);
  }

  /** Sets how often something was done, and how long all of it took. */
  void duration(String name, String help, long count, double seconds) {
    others.metricSnapshot(
        SummarySnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(
                SummarySnapshot.SummaryDataPointSnapshot.builder()
                    .count(count)
                    .sum(seconds)
                    .build())
            .build());
  }

  /** All of them. */
  MetricSnapshots snapshots() {
    gauges.forEach(
        (name, family) -> {
          GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(family.help());
          family
              .samples()
              .forEach(
                  (labels, value) ->
                      gauge.dataPoint(
                          GaugeSnapshot.GaugeDataPointSnapshot.builder()
                              .labels(labels)
                              .value(value)
                              .build()));
          others.metricSnapshot(gauge.build());
        });
    counters.forEach(
        (name, family) -> {
          CounterSnapshot.Builder counter =
              CounterSnapshot.builder().name(name).help(family.help());
          family
              .samples()
              .forEach(
                  (labels, value) ->
                      counter.dataPoint(
                          CounterSnapshot.CounterDataPointSnapshot.builder()
                              .labels(labels)
                              .value(value)
                              .build()));
          others.metricSnapshot(counter.build());
        });
    return others.build();
  }
}

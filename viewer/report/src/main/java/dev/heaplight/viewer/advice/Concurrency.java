package dev.heaplight.viewer.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What ran on one host at the same time. Where there are several hosts each figure is of the one
 * where it is largest.
 *
 * @param recordings the most recordings that were open at the same time
 * @param workers the most worker processes that had one open at the same time
 * @param peakBytes the largest sum of the peaks of recordings that were open at the same time
 */
public record Concurrency(int recordings, int workers, long peakBytes) {
  private static final Concurrency NONE = new Concurrency(0, 0, 0);

  private record Event(long millis, boolean opens, Span span) {}

  static Concurrency of(List<Span> spans) {
    Map<String, List<Span>> byHost = new HashMap<>();
    for (Span span : spans) {
      byHost.computeIfAbsent(span.worker().host(), host -> new ArrayList<>()).add(span);
    }
    Concurrency most = NONE;
    for (List<Span> ofHost : byHost.values()) {
      most = most.max(onOneHost(ofHost));
    }
    return most;
  }

  private Concurrency max(Concurrency other) {
    return new Concurrency(
        Math.max(recordings, other.recordings),
        Math.max(workers, other.workers),
        Math.max(peakBytes, other.peakBytes));
  }

  private static Concurrency onOneHost(List<Span> spans) {
    List<Event> events = new ArrayList<>(spans.size() * 2);
    for (Span span : spans) {
      events.add(new Event(span.startMillis(), true, span));
      events.add(new Event(span.endMillis(), false, span));
    }
    // What ends when another begins has not run beside it.
    events.sort(Comparator.comparingLong(Event::millis).thenComparing(Event::opens));
    Map<Span.Worker, Integer> openByWorker = new HashMap<>();
    int open = 0;
    long bytes = 0;
    Concurrency most = NONE;
    for (Event event : events) {
      Span span = event.span();
      int step = event.opens() ? 1 : -1;
      open += step;
      bytes += step * span.peakBytes();
      openByWorker.merge(
          span.worker(), step, (had, more) -> had + more == 0 ? null : (Integer) (had + more));
      most = most.max(new Concurrency(open, openByWorker.size(), bytes));
    }
    return most;
  }
}
